// Which processes a process began, also those that went into a group of their own (the host's browser, the practice
// hub), and whether they are still the same ones. Used by processes.mjs and by the tests of start.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** @typedef {{pid: number, parent: number, group: number, born: string, ended: boolean}} Seen `born` tells a process from a later one of the same id */

/**
 * All that descend from a process now, itself left out. Windows has its own way (taskkill /T): none there.
 * @param {number} pid
 * @returns {Seen[]}
 */
export function descendantsOf(pid) {
  const all = processes();
  /** @param {number} parent @returns {Seen[]} */
  const under = (parent) =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...under(one.pid)]);
  return under(pid);
}

/**
 * Those that still run. One that ended but was not collected yet does not.
 * @param {readonly Seen[]} seen
 * @returns {Seen[]}
 */
export function stillRunning(seen) {
  if (seen.length === 0) return [];
  const now = new Map(processes().map((one) => [one.pid, one]));
  return seen.filter(({ pid, born }) => now.get(pid)?.born === born && now.get(pid)?.ended === false);
}

/**
 * Whether anyone of a process group still runs. `kill(-group, 0)` would also count those that only wait to be
 * collected, which in a container without an init is for ever.
 * @param {number} group
 * @returns {boolean}
 */
export function groupRuns(group) {
  return processes().some((one) => one.group === group && !one.ended);
}

/** @returns {Seen[]} */
function processes() {
  if (process.platform === 'win32') return [];
  return process.platform === 'linux' ? fromProc() : fromPs();
}

/** Without `ps`, which a small container lacks. @returns {Seen[]} */
function fromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The command's name, in parentheses, may hold anything; what counts comes after it.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const [state = '', parent = '', group = ''] = fields;
        return [
          {
            pid: Number(name),
            parent: Number(parent),
            group: Number(group),
            born: fields[19] ?? '',
            ended: state === 'Z' || state === 'X',
          },
        ];
      } catch {
        return []; // It ended while we looked.
      }
    });
}

/** @returns {Seen[]} */
function fromPs() {
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent, group, state, ...born] = line.trim().split(/\s+/);
    if (state === undefined) return [];
    const ended = state.startsWith('Z');
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), born: born.join(' '), ended }];
  });
}
