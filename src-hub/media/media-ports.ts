// What the media ends (voicemail, echo, scripted callers) ask of the hub and are asked by it.
// They are ordinary SIP users: they register with the exchange over WebSocket on loopback like any desktop.
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';

export interface MediaEndAccount {
  readonly webSocketUrl: string;
  readonly uri: string;
  readonly authorizationUser: string;
  readonly password: string;
}

export interface LeftMessage {
  /** Value of the INVITE's X-Offhook-Mailbox header, `project:<id>` or `user:<id>`; '' where it has none. */
  readonly mailbox: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly leftAtMs: number;
  readonly durationMs: number;
  readonly oggOpus: Uint8Array;
}

/** Where a recorded message goes. Resolves when it is on disk. */
export type KeepMessage = (message: LeftMessage) => Promise<void>;

/** What became of one scripted call, for the command line and for tests that listen. */
export interface ScriptedCallReport {
  readonly kind: PracticeCallKind;
  readonly callerNumber: string | null;
  readonly outcome: 'answered' | 'voicemail' | 'gaveUp' | 'refused';
  readonly status: number | null;
  readonly answeredAtMs: number | null;
  readonly endedAtMs: number;
  /** RFC 4733 digits received, in order. */
  readonly dtmf: string;
  /** What the caller heard, as Ogg Opus; empty where nothing was. */
  readonly heardOggOpus: Uint8Array;
}

/** What the hub asks of the scripted callers; made by `createScriptedCallers`. */
export interface ScriptedCallers {
  /** Starts one scripted call (or two at once). Resolves when the first INVITE is sent; rejects where it cannot be. */
  call(kind: PracticeCallKind, onProgress: (progress: PracticeProgress) => void): Promise<void>;
  close(): Promise<void>;
}
