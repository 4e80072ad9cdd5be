// Has the passwords of an import judged in a thread of its own, a few at a time. What was judged last is remembered, by
// digest only: a file is looked at first and imported a minute later.
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

export interface ToJudge {
  readonly password: string;
  /** What others know of the person. */
  readonly ownWords: readonly string[];
}

/** Null where the password is good; otherwise as password-rules.ts refuses it. */
export type Judged = { readonly reason: string; readonly message: string } | null;

export interface PasswordJudge {
  /** In their order. */
  judge(passwords: readonly ToJudge[]): Promise<Judged[]>;
}

const atOnce = 50;

export function createPasswordJudge(): PasswordJudge {
  const key = randomBytes(32);
  const digestOf = ({ password, ownWords }: ToJudge) =>
    createHmac('sha256', key)
      .update(JSON.stringify([password, ...ownWords]))
      .digest('base64');
  let known = new Map<string, Judged>();
  return {
    async judge(passwords) {
      const asked = passwords.map((each) => ({ each, digest: digestOf(each) }));
      const unknown = asked.filter(({ digest }) => !known.has(digest));
      const judged = await inThread(unknown.map(({ each }) => each));
      const all = new Map(known);
      for (const [index, { digest }] of unknown.entries()) all.set(digest, judged[index] ?? null);
      known = new Map(asked.map(({ digest }) => [digest, all.get(digest) ?? null]));
      return asked.map(({ digest }) => known.get(digest) ?? null);
    },
  };
}

/** The thread lives as long as it has something to do: its word lists take memory. */
async function inThread(passwords: readonly ToJudge[]): Promise<Judged[]> {
  if (passwords.length === 0) return [];
  const worker = new Worker(workerFile());
  // A hub that stops does not wait for it.
  worker.unref();
  try {
    const judged: Judged[] = [];
    for (let from = 0; from < passwords.length; from += atOnce) {
      worker.postMessage(passwords.slice(from, from + atOnce));
      // Rejects where the thread fails.
      const [some] = (await once(worker, 'message')) as [Judged[]];
      judged.push(...some);
    }
    return judged;
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
