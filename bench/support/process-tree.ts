// Memory and file descriptors of a program and all that it started, read from /proc (Linux). PSS: each page of memory
// counted once, shared ones in equal parts, so that the sum over Chromium's processes is what they really take. What other
// programs share changes it; `ownMiB` is what is in no file, and does not.
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessWeight {
  readonly pid: number;
  readonly kind: 'main' | 'hub' | 'chromium' | 'other';
  /** Chromium's `--type`: renderer, gpu-process, utility; browser where there is none. */
  readonly role: string;
  readonly pssMiB: number;
  /** Anonymous memory and memory shared between the processes themselves. */
  readonly ownMiB: number;
  readonly fileDescriptors: number;
}

/** Processes that end while they are read are left out. */
export function weigh(rootPid: number): ProcessWeight[] {
  return treeOf(rootPid).flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      const inMiB = (field: string) =>
        Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(rollup)?.[1]) / 1024;
      return [
        {
          pid,
          kind: kindOf(pid === rootPid, command),
          role: /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser',
          pssMiB: inMiB('Pss'),
          ownMiB: inMiB('Pss_Anon') + inMiB('Pss_Shmem'),
          fileDescriptors: readdirSync(`/proc/${pid}/fd`).length,
        },
      ];
    } catch (error) {
      if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
      throw error;
    }
  });
}

export function sumMiB(weights: readonly ProcessWeight[], ...kinds: ProcessWeight['kind'][]): number {
  return weights.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { pssMiB }) => sum + pssMiB, 0);
}

function kindOf(isRoot: boolean, command: string): ProcessWeight['kind'] {
  if (isRoot) return 'main';
  if (command.includes('practice-hub')) return 'hub';
  return /chrom/i.test(command) ? 'chromium' : 'other';
}

/** A process and all that it started, as far as they run. */
export function treeOf(rootPid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // Field 4, after the command in parentheses, is the parent (proc(5)).
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch (error) {
      if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  const found: number[] = [];
  for (const waiting = [rootPid]; waiting.length > 0; ) {
    const pid = waiting.shift() as number;
    found.push(pid);
    waiting.push(...(children.get(pid) ?? []));
  }
  return found;
}
