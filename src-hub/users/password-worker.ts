// Judges passwords in a thread of its own: one takes some 20 to 200 ms, and an import has thousands, while calls must not
// wait. Started by password-judge.ts, which alone speaks to it; knows nothing of users.
import { parentPort } from 'node:worker_threads';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { requireGoodPassword } from '../accounts/password-rules.ts';
import type { Judged, ToJudge } from './password-judge.ts';

parentPort?.on('message', (passwords: readonly ToJudge[]) => {
  Promise.all(passwords.map(judge)).then(
    (judged) => parentPort?.postMessage(judged),
    // As an error of the thread, which whoever waits is told.
    (error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
  );
});

async function judge({ password, ownWords }: ToJudge): Promise<Judged> {
  try {
    await requireGoodPassword(password, ownWords);
    return null;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return { reason: error.reason, message: error.message };
  }
}
