// `npm run bench` lists the benchmarks; `npm run bench -- <name>` runs one and prints a table, with `--json` one
// object {bench, machine, metrics}. Run on the packages' own Node by scripts/run.mjs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Benchmark, type BenchmarkResult, type Metric, machine } from './benchmark.ts';

const ending = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .sort();

function load(name: string): Promise<Benchmark> {
  return import(pathToFileURL(join(import.meta.dirname, name + ending)).href);
}

function rounded(value: number | null): string {
  if (value === null) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function table({ bench, machine: on, metrics }: BenchmarkResult): string {
  const head = ['metric', 'unit', 'ours', 'peer', 'ratio', 'target', 'met', 'peer is'];
  const row = (one: Metric) => [
    one.name,
    one.unit,
    rounded(one.ours),
    rounded(one.peer),
    rounded(one.ratio),
    String(one.target ?? '–'),
    one.met === null ? '–' : one.met ? 'yes' : 'NO',
    one.peerName ?? '–',
  ];
  const rows = [head, ...metrics.map(row)];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return [`${bench} on ${on}`, '', ...lines].map((line) => line.trimEnd()).join('\n');
}

const given = process.argv.slice(2);
const [name] = given.filter((argument) => !argument.startsWith('--'));
if (name === undefined) {
  console.log('Benchmarks (npm run bench -- <name> [--json]):');
  for (const each of names) console.log(`  ${each.padEnd(16)} ${(await load(each)).description}`);
} else if (!names.includes(name)) {
  console.error(`There is no benchmark ${name}. There are: ${names.join(', ')}`);
  process.exitCode = 1;
} else {
  const result = { bench: name, machine: machine(), metrics: await (await load(name)).run() };
  console.log(given.includes('--json') ? JSON.stringify(result, null, 2) : table(result));
}
