// The commands on messages: listing, hearing, marking.
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { VoicemailService } from './voicemail-service.ts';

type VoicemailHandlers = Pick<HubHandlers, 'voicemails.get' | 'voicemail.audio' | 'voicemail.markHeard'>;

export function voicemailHandlers(voicemail: VoicemailService): VoicemailHandlers {
  return {
    'voicemails.get': (_, connection) => voicemail.list(requireSignedIn(connection).user),
    'voicemail.audio': async ({ voicemailId }, connection) => {
      const oggOpus = await voicemail.audio(requireSignedIn(connection).user, voicemailId);
      return { oggOpusBase64: Buffer.from(oggOpus).toString('base64') };
    },
    'voicemail.markHeard': async ({ voicemailId, heard }, connection) => {
      await voicemail.markHeard(requireSignedIn(connection).user, voicemailId, heard);
      return null;
    },
  };
}
