// Memory and file descriptors of a program and all that it started, read from /proc (Linux). PSS: each page of memory
// counted once, shared ones in equal parts, so that the sum over Chromium's processes is what they really take.
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessWeight {
  readonly pid: number;
  readonly kind: 'main' | 'hub' | 'chromium' | 'other';
  readonly pssMiB: number;
  readonly fileDescriptors: number;
}

/** Processes that end while they are read are left out. */
export function weigh(rootPid: number): ProcessWeight[] {
  return treeOf(rootPid).flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const pssKiB = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]);
      const kind = kindOf(pid === rootPid, command);
      return [{ pid, kind, pssMiB: pssKiB / 1024, fileDescriptors: readdirSync(`/proc/${pid}/fd`).length }];
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

function treeOf(rootPid: number): number[] {
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
