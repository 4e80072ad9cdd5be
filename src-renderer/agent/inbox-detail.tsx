// What the inbox shows of a chosen item: a call still ringing, one to finish, a missed one, or a voice message.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '#shared/domain/ids.ts';
import { useClient, useLive, useMainEvent } from '../client/desktop-context.tsx';
import { useAsked } from '../client/use-asked.ts';
import type { InboxChoice } from '../features/inbox/inbox-view.tsx';
import { MissedDetail, StillRingingDetail } from '../features/inbox/missed-detail.tsx';
import { VoicemailDetail } from '../features/voicemail/voicemail-detail.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { IconCheck } from '../parts/icons.ts';
import { FinishDetail } from './finish-detail.tsx';

export interface InboxDetailProps {
  readonly choice: InboxChoice;
  /** The item is done: nothing is chosen any more. */
  onDone(): void;
}

export function InboxDetail({ choice, onDone }: InboxDetailProps) {
  const inbox = useLive('inbox');
  if (choice.kind === 'voicemail') {
    const { voicemailId } = choice.voicemail;
    const now = inbox.voicemails.find((each) => each.voicemailId === voicemailId);
    // Marked as heard it leaves the inbox, but it may still be playing here.
    return <VoicemailDetail key={voicemailId} message={now ?? { ...choice.voicemail, heard: true }} />;
  }
  return <CallItem key={choice.callId} callId={choice.callId} onDone={onDone} />;
}

function CallItem({ callId, onDone }: { readonly callId: CallId; onDone(): void }) {
  const { t } = useTranslation();
  const client = useClient();
  const inbox = useLive('inbox');
  const ringing = useLive('calls').find((call) => call.callId === callId && call.phase === 'ignored');
  // Asked for beside the inbox, so that an item which has just left it can still be read.
  const past = useAsked(useCallback(() => client.call('history.get', { callId }), [client, callId]));
  useMainEvent('history.changed', (changed) => {
    if (changed.callId === null || changed.callId === callId) past.again();
  });
  const entry = [...inbox.toFinish, ...inbox.missed].find((each) => each.callId === callId) ?? past.answer;
  if (ringing) return <StillRingingDetail call={ringing} />;
  if (entry?.state === 'toFinish') return <FinishDetail entry={entry} />;
  if (entry && entry.state === 'notNeeded') return <MissedDetail entry={entry} onSeen={onDone} />;
  if (!entry && !past.refusal) return null;
  return <EmptyState icon={IconCheck} title={t('common.done')} text={t('inbox.gone')} />;
}
