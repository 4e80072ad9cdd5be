// Accounts and a quiet log for tests of the media ends.
import type { LeftMessage, MediaEndAccount } from '../../src-hub/media/media-ports.ts';

export function accountAt(webSocketUrl: string, user: string): MediaEndAccount {
  return {
    webSocketUrl,
    uri: `sip:${user}@practice.offhook.invalid`,
    authorizationUser: user,
    password: `secret of ${user}`,
  };
}

/** Keeps messages in memory and tells when one arrives. */
export function messageShelf(): {
  readonly messages: LeftMessage[];
  readonly keep: (message: LeftMessage) => Promise<void>;
} {
  const messages: LeftMessage[] = [];
  return {
    messages,
    keep: async (message) => {
      messages.push(message);
    },
  };
}
