// Has the passwords of an import judged in threads of their own, a few at a time: as many as leave the calls a processor,
// and four at most, since each holds the word lists. What was judged last is remembered, by
// digest only: a file is looked at first and imported a minute later.
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

export interface ToJudge {
  readonly password: string;
  /** What others know of the person. */
  readonly ownWords: readonly string[];
}

/** Null where the password is good; otherwise as password-rules.ts refuses it. */
export type Judged = { readonly reason: string; readonly message: string } | null;

export interface PasswordJudge {
  /** In their order. @param told how many are judged, each time that more are */
  judge(passwords: readonly ToJudge[], told?: (done: number) => void): Promise<Judged[]>;
}

const atOnce = 25;
const mostThreads = 4;

export function createPasswordJudge(): PasswordJudge {
  const key = randomBytes(32);
  const digestOf = ({ password, ownWords }: ToJudge) =>
    createHmac('sha256', key)
      .update(JSON.stringify([password, ...ownWords]))
      .digest('base64');
  let known = new Map<string, Judged>();
  return {
    async judge(passwords, told = () => {}) {
      const asked = passwords.map((each) => ({ each, digest: digestOf(each) }));
      const unknown = asked.filter(({ digest }) => !known.has(digest));
      const before = asked.length - unknown.length;
      const judged = await inThreads(
        unknown.map(({ each }) => each),
        (done) => told(before + done),
      );
      const all = new Map(known);
      for (const [index, { digest }] of unknown.entries()) all.set(digest, judged[index] ?? null);
      known = new Map(asked.map(({ digest }) => [digest, all.get(digest) ?? null]));
      return asked.map(({ digest }) => known.get(digest) ?? null);
    },
  };
}

async function inThreads(passwords: readonly ToJudge[], told: (done: number) => void): Promise<Judged[]> {
  const judged: Judged[] = [];
  let next = 0;
  let done = 0;
  const take = () => {
    const from = next;
    next = Math.min(passwords.length, next + atOnce);
    return { from, some: passwords.slice(from, next) };
  };
  const judgedThese = (from: number, verdicts: readonly Judged[]) => {
    for (const [at, verdict] of verdicts.entries()) judged[from + at] = verdict;
    done += verdicts.length;
    told(done);
  };
  const threads = Math.min(Math.max(1, availableParallelism() - 1), mostThreads);
  const needed = Math.min(threads, Math.ceil(passwords.length / atOnce));
  await Promise.all(Array.from({ length: needed }, () => inThread(take, judgedThese)));
  return judged;
}

/** The thread lives as long as it has something to do: its word lists take memory. */
async function inThread(
  take: () => { readonly from: number; readonly some: readonly ToJudge[] },
  judged: (from: number, verdicts: readonly Judged[]) => void,
): Promise<void> {
  const worker = new Worker(workerFile());
  // A hub that stops does not wait for it.
  worker.unref();
  try {
    for (let { from, some } = take(); some.length > 0; { from, some } = take()) {
      worker.postMessage(some);
      // Rejects where the thread fails.
      const [verdicts] = (await once(worker, 'message')) as [Judged[]];
      judged(from, verdicts);
    }
  } finally {
    await worker.terminate();
  }
}

/** Beside this file as it is, or beside the hub as it is built, whose parts lie a folder deeper. */
function workerFile(): URL {
  const names = ['./password-worker.ts', '../password-worker.js', './password-worker.js'];
  const files = names.map((name) => new URL(name, import.meta.url));
  const found = files.find((file) => existsSync(file));
  if (!found) throw new Error('The password worker is missing from this build.');
  return found;
}
