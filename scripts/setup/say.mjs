// One voice for what the set-up does: a line when a step begins to take time, its length when it is done.
// Used by the scripts only. Runs on Node 20 without packages.

/** @type {NodeJS.WritableStream} */
let voice = process.stdout;

/** For commands whose own output may be read by a program (`--json`). */
export function speakBesideOutput() {
  voice = process.stderr;
}

/** @param {string} line */
export function say(line) {
  voice.write(`offhook: ${line}\n`);
}

/**
 * Says what is being done, again every ten seconds while it lasts, and how long it took.
 * @template T
 * @param {string} what such as "installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function saying(what, work) {
  const startedAtMs = Date.now();
  say(`${what} …`);
  const reminder = setInterval(() => say(`${what}, ${seconds(startedAtMs)} so far`), 10_000);
  try {
    const result = await work();
    say(`${what}: done in ${seconds(startedAtMs)}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

/**
 * @param {number} sinceMs
 * @returns {string}
 */
export function seconds(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/** An end that a person can do something about: shown as it is, without a stack. */
export class SetupFailed extends Error {}
