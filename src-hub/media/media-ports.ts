// What the media ends (voicemail, echo, scripted callers) ask of the hub and are asked by it.
// They are ordinary SIP users: they register with the exchange over WebSocket on loopback like any desktop.
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';
import type { PracticeProgress } from '#shared/hub/hub-contract.ts';

export interface MediaEndAccount {
  readonly webSocketUrl: string;
  readonly uri: string;
  readonly authorizationUser: string;
  readonly password: string;
  /** Addresses of this computer that its sound is sent from and offered at; loopback where left out. */
  readonly mediaAddresses?: readonly string[];
}

/** What is known of a message before it is said. */
export interface MessageAbout {
  /** Value of the INVITE's X-Offhook-Mailbox header, `project:<id>` or `user:<id>`; '' where it has none. */
  readonly mailbox: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly leftAtMs: number;
}

/** A message while it is being said. Ends with `keep` or `drop`, unless the hub dies first. */
export interface MessageInHand {
  /** More of it, whole Ogg pages, written as they come: should the hub die, this much of the message is kept. */
  append(oggPages: Uint8Array): void;
  /** The message as it is to be heard. Resolves when it is on disk. */
  keep(whole: { readonly durationMs: number; readonly oggOpus: Uint8Array }): Promise<void>;
  /** Nothing was said. */
  drop(): Promise<void>;
}

/** Where messages go. */
export interface MessageKeeper {
  begin(about: MessageAbout): MessageInHand;
}

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
