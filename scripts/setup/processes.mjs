// Starts child processes and makes sure that they, and whatever they start, end with us.
// Used by the set-up, start, test and dev scripts. Runs on Node 20 without packages.
import { spawn, spawnSync } from 'node:child_process';

/**
 * @typedef {object} Ended
 * @property {number} code the exit code; 128 + n for signal n, 127 where it could not be started
 * @property {string} output both streams, when they were caught
 * @property {boolean} timedOut
 */

/**
 * Runs a command to its end, in a process group of its own so that a time-out ends all of it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, timeoutMs?: number}} [options] `show`: straight to our own output
 * @returns {Promise<Ended>}
 */
export function runToEnd(command, args, options = {}) {
  const { cwd, env, show = false, timeoutMs } = options;
  return new Promise((resolve) => {
    const child = startGroup(command, args, {
      cwd,
      env,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    let output = '';
    let timedOut = false;
    child.process.stdout?.on('data', (chunk) => (output += chunk));
    child.process.stderr?.on('data', (chunk) => (output += chunk));
    const forget = endOnSignals(child);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, timeoutMs);
    void child.ended.then((code) => {
      clearTimeout(timer);
      forget();
      resolve({ code, output, timedOut });
    });
  });
}

/**
 * @typedef {object} Group
 * @property {import('node:child_process').ChildProcess} process
 * @property {Promise<number>} ended when the first process of the group has ended
 * @property {(signal: NodeJS.Signals) => void} kill reaches every process of the group
 * @property {() => boolean} alive whether any process of the group is left
 */

/**
 * Starts a command as the leader of a process group. On Windows, where there are none, its tree stands in.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Group}
 */
export function startGroup(command, args, options) {
  const windows = process.platform === 'win32';
  // npm is a .cmd on Windows, which only a shell can start.
  const child = spawn(command, args, { ...options, detached: !windows, shell: windows && command === 'npm' });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });
  /** @param {NodeJS.Signals | 0} signal */
  const signalGroup = (signal) => {
    if (child.pid === undefined) return false;
    try {
      process.kill(-child.pid, signal);
      return true;
    } catch {
      return false; // ESRCH: nobody is left, which is what was wanted.
    }
  };
  return {
    process: child,
    ended,
    kill(signal) {
      if (!windows) signalGroup(signal);
      else if (child.pid !== undefined && child.exitCode === null)
        spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    },
    alive: () => (windows ? child.exitCode === null && child.signalCode === null : signalGroup(0)),
  };
}

/**
 * Ends a group: asks first, waits, then insists.
 * @param {Group} group
 * @param {{signal?: NodeJS.Signals, graceMs: number}} options
 */
export async function endGroup(group, options) {
  group.kill(options.signal ?? 'SIGTERM');
  if (await gone(group, options.graceMs)) return;
  group.kill('SIGKILL');
  await gone(group, 2_000);
}

/**
 * @param {Group} group
 * @param {number} withinMs
 * @returns {Promise<boolean>}
 */
export async function gone(group, withinMs) {
  const deadline = Date.now() + withinMs;
  while (group.alive()) {
    if (Date.now() > deadline) return false;
    await new Promise((wake) => setTimeout(wake, 25));
  }
  return true;
}

/**
 * Ctrl+C, a closed terminal and `kill` end the group with us. Returns the way to stop minding.
 * @param {Group} group
 * @returns {() => void}
 */
function endOnSignals(group) {
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    void endGroup(group, { signal, graceMs: 3_000 }).then(() => process.exit(128 + signalNumber(signal)));
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}

/**
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function signalNumber(signal) {
  return signal === 'SIGHUP' ? 1 : signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15;
}
