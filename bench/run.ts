// `npm run bench` lists the benchmarks and what each may be told; `npm run bench -- <name>` runs one and prints a table,
// with `--json` one object {bench, machine, metrics}. A wrong option or name ends it with 1 before anything starts. Run on
// the packages' own Node by scripts/run.mjs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Benchmark, type BenchmarkResult, type Metric, machine } from './benchmark.ts';
import {
  type BenchOptions,
  chosen,
  commonOptions,
  OptionRefused,
  optionLines,
} from './support/bench-options.ts';

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

/** A benchmark with its options beneath it. */
function about(name: string, { description, options }: Benchmark): string {
  return [`  ${name.padEnd(10)} ${description}`, ...lines(options)].join('\n');
}

function lines(options: BenchOptions): string[] {
  return optionLines(options).map((line) => `             ${line}`);
}

async function list(): Promise<string> {
  const all = await Promise.all(names.map(async (name) => about(name, await load(name))));
  return ['Benchmarks (npm run bench -- <name> [options]):', ...all, '  each', ...lines(commonOptions)].join(
    '\n',
  );
}

/** Prints what was asked for. @throws OptionRefused */
async function obey(given: readonly string[]): Promise<void> {
  // A name comes first or after options that have no value of their own.
  const name = given.find((argument) => !argument.startsWith('-'));
  if (name === undefined) {
    chosen({}, given);
    console.log(await list());
    return;
  }
  if (!names.includes(name))
    throw new OptionRefused(`There is no benchmark ${name}. There are: ${names.join(', ')}.`);
  const benchmark = await load(name);
  const { json, help } = chosen({ ...benchmark.options, ...commonOptions }, given);
  if (help) {
    console.log(about(name, benchmark));
    return;
  }
  const result = { bench: name, machine: machine(), metrics: await benchmark.run() };
  console.log(json ? JSON.stringify(result, null, 2) : table(result));
}

try {
  await obey(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof OptionRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
