// Messages that callers left, as the hub tells them: listed, fetched to be heard, marked. Kept in memory only; offline
// copies come with sync. Asked by the history handlers and the inbox.
import type { VoicemailView } from '#shared/desktop/history-contract.ts';
import type { VoicemailId } from '#shared/domain/ids.ts';
import type { HubVoicemail } from '#shared/hub/hub-contract.ts';
import type { CallerDirectory } from '../calls/call-desk-ports.ts';
import type { HubLink } from '../hub-link/hub-link.ts';

export interface Voicemails {
  /** Newest first. */
  list(): VoicemailView[];
  onChanged(listener: () => void): () => void;
  /** Reads the list anew after a sign-in or a new connection. */
  refresh(): Promise<void>;
  clear(): void;
  /** @throws CommandFailed 'noSuchVoicemail', 'hubAway' */
  audio(voicemailId: VoicemailId): Promise<{ oggOpusBase64: string }>;
  /** @throws CommandFailed 'noSuchVoicemail', 'hubAway' */
  markHeard(voicemailId: VoicemailId, heard: boolean): Promise<void>;
}

export function createVoicemails(hub: HubLink, directory: CallerDirectory): Voicemails {
  let messages: readonly HubVoicemail[] = [];
  const listeners = new Set<() => void>();

  const become = (next: readonly HubVoicemail[]) => {
    messages = [...next].sort((a, b) => b.leftAtMs - a.leftAtMs);
    for (const listener of [...listeners]) listener();
  };
  hub.on('voicemails.changed', become);

  return {
    list: () =>
      messages.map(({ callerNumber, callerName, ...message }) => ({
        ...message,
        remote: directory.identify(callerNumber, callerName),
      })),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: async () => become(await hub.call('voicemails.get', null)),
    clear: () => become([]),
    audio: (voicemailId) => hub.call('voicemail.audio', { voicemailId }),
    async markHeard(voicemailId, heard) {
      await hub.call('voicemail.markHeard', { voicemailId, heard });
    },
  };
}
