// Starts child processes and makes sure that they, and whatever they start, end with us.
// Used by the set-up, start, test and dev scripts. Runs on Node 20 without packages.
import { spawn, spawnSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { descendantsOf, groupRuns, stillRunning } from './process-tree.mjs';

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
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, timeoutMs?: number, giveWay?: boolean}} [options] `show`: straight to our own output; `giveWay`: takes the processor only while nobody else wants it
 * @returns {Promise<Ended>}
 */
export function runToEnd(command, args, options = {}) {
  const { cwd, env, show = false, timeoutMs, giveWay = false } = options;
  return new Promise((resolve) => {
    const child = startGroup(command, args, {
      cwd,
      env,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    if (giveWay && child.process.pid !== undefined) lastInLine(child.process.pid);
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
      // Nobody is to go on with something else while we end.
      if (ending) return;
      forget();
      resolve({ code, output, timedOut });
    });
  });
}

/** What the process begins from now on waits in line with it. @param {number} pid */
function lastInLine(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system does not let us: then it runs as the others do.
  }
}

/**
 * @typedef {object} Group
 * @property {import('node:child_process').ChildProcess} process
 * @property {Promise<number>} ended when the first process of the group has ended
 * @property {(signal: NodeJS.Signals) => void} kill reaches every process of the group, and those it was seen to begin
 * @property {() => boolean} alive whether any of them is left
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
  const { pid } = child;
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });
  // Once their parent has ended, who began them can no longer be seen.
  /** @type {import('./process-tree.mjs').Seen[]} */
  let begun = [];
  return {
    process: child,
    ended,
    kill(signal) {
      if (pid === undefined) return;
      if (windows) {
        if (child.exitCode === null) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
        return;
      }
      begun = [...stillRunning(begun), ...descendantsOf(pid)];
      send(-pid, signal);
      // What left the group is asked by whoever began it; when that cannot be waited for, it is ended here.
      if (signal === 'SIGKILL') for (const one of stillRunning(begun)) send(one.pid, signal);
    },
    alive() {
      if (windows) return child.exitCode === null && child.signalCode === null;
      return (pid !== undefined && groupRuns(pid)) || stillRunning(begun).length > 0;
    },
  };
}

/**
 * @param {number} target a process, or, negative, a group
 * @param {NodeJS.Signals} signal
 */
function send(target, signal) {
  try {
    process.kill(target, signal);
  } catch {
    // ESRCH: nobody is left, which is what was wanted.
  }
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
    await new Promise((wake) => setTimeout(wake, 50));
  }
  return true;
}

/** @type {Set<Group>} what is to end with us */
const minded = new Set();
let ending = false;
/** @type {NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** @param {NodeJS.Signals} signal */
function endAll(signal) {
  ending = true;
  const ended = [...minded].map((group) => endGroup(group, { signal, graceMs: 3_000 }));
  void Promise.all(ended).then(() => process.exit(128 + signalNumber(signal)));
}

/**
 * Ctrl+C, a closed terminal and `kill` end the group with us, and we wait for all such groups. Returns the way to stop
 * minding.
 * @param {Group} group
 * @returns {() => void}
 */
function endOnSignals(group) {
  if (minded.size === 0) for (const signal of endings) process.on(signal, endAll);
  minded.add(group);
  return () => {
    minded.delete(group);
    if (minded.size === 0) for (const signal of endings) process.off(signal, endAll);
  };
}

/**
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function signalNumber(signal) {
  return signal === 'SIGHUP' ? 1 : signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15;
}
