// CALL-21: somebody quits by hand (tray, menu, Dock, the last window with the phone off) while still Available. They are told
// which other devices go on ringing, and may set Offline first. Signals and a computer that shuts down quit without a
// question. Called by compose.ts; the question itself is windows/quit-question.ts.
import type { OtherDevice } from '#shared/hub/account-contract.ts';
import type { Log } from '../log.ts';

export type QuitAnswer = 'offlineAndQuit' | 'quit' | 'stay';

export interface QuitQuestion {
  /** Those registered now besides this one; null where the hub did not say. */
  readonly others: readonly OtherDevice[] | null;
  /** Offline was chosen and could not be set: asked once more. */
  readonly offlineRefused: boolean;
}

export interface QuittingParts {
  /** Signed in here, with the status Available. */
  stillAvailable(): boolean;
  /** May reject: the hub is away. */
  otherDevices(): Promise<readonly OtherDevice[]>;
  /** May reject: the hub is away. */
  setOffline(): Promise<void>;
  ask(question: QuitQuestion): Promise<QuitAnswer>;
  quit(): void;
  readonly log: Log;
}

/** A person waits for the question: a hub that takes longer is not waited for. */
export const hubAnswersWithinMs = 2_000;

/** @returns what the tray's and the menu's "Quit" do; a second one while the question is open does nothing. */
export function quittingByHand(parts: QuittingParts): () => Promise<void> {
  const { log } = parts;
  let asking = false;

  const others = async () => {
    try {
      return await inTime(parts.otherDevices());
    } catch (error) {
      log.warn('quit: the other devices are not known', { error });
      return null;
    }
  };
  const offline = async () => {
    try {
      await inTime(parts.setOffline());
      return true;
    } catch (error) {
      log.warn('quit: Offline was not set', { error });
      return false;
    }
  };
  /** @returns whether to quit. */
  const settled = async (): Promise<boolean> => {
    let offlineRefused = false;
    while (parts.stillAvailable()) {
      const answer = await parts.ask({ others: await others(), offlineRefused });
      if (answer !== 'offlineAndQuit') return answer === 'quit';
      if (await offline()) return true;
      offlineRefused = true;
    }
    return true;
  };

  return async () => {
    if (asking) return;
    asking = true;
    try {
      if (await settled()) parts.quit();
    } finally {
      asking = false;
    }
  };
}

/** @throws Error where it takes longer than `hubAnswersWithinMs` */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The hub did not answer in time')), hubAnswersWithinMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What `before-quit` of Electron comes from. */
export interface QuitAsked {
  readonly platform: NodeJS.Platform;
  /** Our own "Quit" was chosen, and answered. */
  readonly settled: boolean;
  /** The computer shuts down or restarts, or a signal came. */
  readonly computerEnds: boolean;
}

/**
 * Only macOS has a way to quit beside ours, "Quit" in the Dock, and there a dialog may hold it up. Elsewhere what comes
 * unasked is the computer or a signal.
 */
export function asksAtQuit({ platform, settled, computerEnds }: QuitAsked): boolean {
  return platform === 'darwin' && !settled && !computerEnds;
}
