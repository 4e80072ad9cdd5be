// What the history needs from its neighbours; each is given to it by compose.ts and faked in its tests.
import type { VoicemailView } from '#shared/desktop/history-contract.ts';
import type { VoicemailId } from '#shared/domain/ids.ts';
import type { Dispositions } from '../calls/call-desk-ports.ts';

/** The messages that the hub keeps, as last told. */
export interface Voicemails {
  /** Newest first. */
  list(): readonly VoicemailView[];
  /** Called whenever the list is other than it was. Returns the way to stop listening. */
  onChanged(listener: () => void): () => void;
  /** @throws CommandFailed 'noSuchVoicemail', 'hubAway' */
  audio(voicemailId: VoicemailId): Promise<{ oggOpusBase64: string }>;
  /** @throws CommandFailed 'noSuchVoicemail', 'hubAway' */
  markHeard(voicemailId: VoicemailId, heard: boolean): Promise<void>;
}

/** The dispositions of the agent's projects, in the order in which they are shown. */
export interface DispositionList extends Dispositions {
  /** Called when the hub has told others. Returns the way to stop listening. */
  onChanged(listener: () => void): () => void;
}
