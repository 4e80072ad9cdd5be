// Accounts and a quiet log for tests of the media ends.
import type { MediaEndAccount, MessageAbout, MessageKeeper } from '../../src-hub/media/media-ports.ts';

export function accountAt(webSocketUrl: string, user: string): MediaEndAccount {
  return {
    webSocketUrl,
    uri: `sip:${user}@practice.offhook.invalid`,
    authorizationUser: user,
    password: `secret of ${user}`,
  };
}

/** Keeps messages in memory and tells when one arrives. */
export interface KeptMessage extends MessageAbout {
  readonly durationMs: number;
  readonly oggOpus: Uint8Array;
}

export interface MessageShelf extends MessageKeeper {
  readonly messages: KeptMessage[];
  /** Of every message that was begun, in order: what had come of it before it was kept or dropped. */
  readonly grown: Uint8Array[][];
}

export function messageShelf(): MessageShelf {
  const messages: KeptMessage[] = [];
  const grown: Uint8Array[][] = [];
  return {
    messages,
    grown,
    begin(about) {
      const pages: Uint8Array[] = [];
      grown.push(pages);
      return {
        append: (oggPages) => void pages.push(oggPages),
        keep: async (whole) => {
          messages.push({ ...about, ...whole });
        },
        drop: async () => undefined,
      };
    },
  };
}
