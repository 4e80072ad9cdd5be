// Reads the list of promises and holds the titles of tests against it. Used by scripts/promises.ts.
import type { TestResult } from '../testing/reports.mjs';

export interface ProductPromise {
  readonly id: string;
  readonly text: string;
}

/** `failed` outweighs `shown`: a promise that one test shows and another refutes is not kept. */
export interface Promised extends ProductPromise {
  readonly state: 'shown' | 'failed' | 'notShown';
}

const promiseId = /\b(?:CALL|DIAL|VID|FORM|TEAM|AUTO|OFF|SUP|DESK)-\d+\b/g;

/** @param markdown docs/promises.md, whose tables have the id in the first column and the promise in the second */
export function readPromises(markdown: string): ProductPromise[] {
  return [...markdown.matchAll(/^\| ([A-Z]+-\d+) \| (.+) \|$/gm)].map(([, id = '', text = '']) => ({
    id,
    text,
  }));
}

export function judgePromises(promises: readonly ProductPromise[], tests: readonly TestResult[]): Promised[] {
  const outcomes = new Map<string, Set<TestResult['outcome']>>();
  for (const { title, outcome } of tests) {
    for (const [id] of title.matchAll(promiseId))
      outcomes.set(id, (outcomes.get(id) ?? new Set()).add(outcome));
  }
  return promises.map((promise) => {
    const seen = outcomes.get(promise.id) ?? new Set();
    return { ...promise, state: seen.has('failed') ? 'failed' : seen.has('passed') ? 'shown' : 'notShown' };
  });
}

/** Those of the required ids that the last run did not show, with the reason in words. */
export function unmet(
  judged: readonly Promised[],
  required: readonly string[],
): { id: string; why: string }[] {
  const reasons = {
    failed: 'a test that names it failed in the last run',
    notShown: 'no passing test of the last run names it',
  };
  return required.flatMap((id) => {
    const promise = judged.find((one) => one.id === id);
    if (promise === undefined) return { id, why: 'docs/promises.md has no such promise' };
    return promise.state === 'shown' ? [] : { id, why: reasons[promise.state] };
  });
}
