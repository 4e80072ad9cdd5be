// "Stay signed in": what this computer keeps of a sign-in in the system's secret store, one secret for each hub. The token
// that lets it in at the next start, and who is at work with what, for a start at which the hub is away (OFF-1). Both are
// one secret, so that neither is ever there for somebody else. Made by compose.ts, used by session-service.ts.
import { z } from 'zod';
import { signedInView } from '#shared/desktop/session-contract.ts';
import type { SecretStore } from '../security/secret-store.ts';

const workAtHand = signedInView.omit({ state: true, atHub: true });
export type WorkAtHand = z.output<typeof workAtHand>;

const rememberedSignIn = z.strictObject({
  deviceToken: z.string(),
  /** When the hub last let this token in: it forgets those that nobody uses. */
  usedAtMs: z.number(),
  work: workAtHand,
});

export interface Remembered {
  readonly deviceToken: string;
  readonly usedAtMs: number;
  /** Null where it was not kept yet, cannot be read, or somebody else was at work on this computer since. */
  readonly work: WorkAtHand | null;
}

/** For the hub that this desktop belongs to now. */
export interface RememberedSignIn {
  /** False where this computer has no safe place for it. */
  available(): boolean;
  read(): Remembered | null;
  keep(remembered: Remembered & { readonly work: WorkAtHand }): void;
  forget(): void;
}

/**
 * @param name of the secret; asked each time, since the hub may be another one by then
 * @param wasLastAtWork whether what this computer has of records and calls was fetched for them: nobody else is shown it
 */
export function createRememberedSignIn(
  secrets: SecretStore,
  name: () => string,
  wasLastAtWork: (work: WorkAtHand) => boolean,
): RememberedSignIn {
  return {
    available: secrets.available,
    read() {
      const secret = secrets.read(name());
      if (secret === null) return null;
      const kept = rememberedFrom(secret);
      return kept.work && !wasLastAtWork(kept.work) ? { ...kept, work: null } : kept;
    },
    keep: (remembered) => secrets.keep(name(), JSON.stringify(remembered)),
    forget: () => secrets.forget(name()),
  };
}

/** What cannot be read is taken for a token alone: the hub says whether it is one. */
function rememberedFrom(secret: string): Remembered {
  const alone = (deviceToken: string): Remembered => ({ deviceToken, usedAtMs: 0, work: null });
  try {
    const kept: unknown = JSON.parse(secret);
    const read = rememberedSignIn.safeParse(kept);
    if (read.success) return read.data;
    const token = z.object({ deviceToken: z.string() }).safeParse(kept);
    return alone(token.success ? token.data.deviceToken : secret);
  } catch {
    return alone(secret);
  }
}
