// Answers the history's share of the desktop contract, and tells its events. Registered by compose.ts.
import type { historyCommands, historyEvents } from '#shared/desktop/history-contract.ts';
import type { EventOf } from '#shared/wire/contract.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { DispositionList, Voicemails } from './history-ports.ts';
import type { HistoryService } from './history-service.ts';

export interface ServedHistory {
  readonly history: HistoryService;
  readonly dispositions: DispositionList;
  readonly voicemails: Voicemails;
}

export function historyHandlers(parts: ServedHistory): DomainHandlers<typeof historyCommands> {
  const { history, dispositions, voicemails } = parts;
  return {
    'inbox.get': () => history.inbox(),
    'dispositions.get': () => [...dispositions.all()],
    'history.search': (query) => history.search(query),
    'history.get': ({ callId }) => history.get(callId),
    'history.markSeen': ({ callId }) => {
      history.markSeen(callId);
      return null;
    },
    'history.correct': ({ callId, note, dispositionId }) => history.correct(callId, note, dispositionId),
    'voicemail.audio': ({ voicemailId }) => voicemails.audio(voicemailId),
    'voicemail.markHeard': async ({ voicemailId, heard }) => {
      await voicemails.markHeard(voicemailId, heard);
      return null;
    },
    'voicemail.list': () => [...voicemails.list()],
  };
}

interface HistoryContract {
  readonly name: string;
  readonly version: number;
  readonly commands: typeof historyCommands;
  readonly events: typeof historyEvents;
}
type Emit = <N extends keyof typeof historyEvents & string>(
  name: N,
  payload: EventOf<HistoryContract, N>,
) => void;

/** Tells every window what changes. Returns the way to stop. */
export function announceHistory(
  { history, dispositions, voicemails }: ServedHistory,
  emit: Emit,
): () => void {
  const stops = [
    history.changed.on((callId) => emit('history.changed', { callId })),
    history.inboxChanged.on(() => emit('inbox.changed', history.inbox())),
    dispositions.onChanged(() => emit('dispositions.changed', [...dispositions.all()])),
    voicemails.onChanged(() => emit('voicemail.changed', null)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
