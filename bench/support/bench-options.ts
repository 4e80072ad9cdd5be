// What a benchmark may be told on its command line. Each bench file declares its options once, with what they mean and
// what holds where they are left out; bench/run.ts lists them. `chosen` reads the command line when the file is loaded,
// so that a wrong option ends everything before anything starts.
import { parseArgs } from 'node:util';

interface Meant {
  /** For the list: what it changes, in a few words. */
  readonly means: string;
}

export interface NumberOption extends Meant {
  readonly kind: 'number';
  readonly least: number;
  /** In words where it follows from other options; what is chosen is then null. */
  readonly otherwise: number | string;
}

export interface WordOption<Word extends string = string> extends Meant {
  readonly kind: 'word';
  readonly words: readonly Word[];
}

export interface FileOption extends Meant {
  readonly kind: 'file';
}

export interface FlagOption extends Meant {
  readonly kind: 'flag';
}

export type BenchOption = NumberOption | WordOption | FileOption | FlagOption;

/** By what they are called in the program; `flatOut` is `--flat-out` on the command line. */
export type BenchOptions = Readonly<Record<string, BenchOption>>;

type ChosenOf<Option> = Option extends { kind: 'flag' }
  ? boolean
  : Option extends { kind: 'file' }
    ? string | null
    : Option extends { kind: 'word'; words: readonly (infer Word)[] }
      ? Word | null
      : Option extends { kind: 'number'; otherwise: number }
        ? number
        : number | null;

export type Chosen<Options extends BenchOptions> = {
  readonly [Name in keyof Options]: ChosenOf<Options[Name]>;
};

/** A whole number. @param otherwise the number, or in words what it follows from: then null is chosen. @param least the smallest there may be */
export function number<Otherwise extends number | string>(
  means: string,
  otherwise: Otherwise,
  least = 1,
): NumberOption & { otherwise: Otherwise } {
  return { kind: 'number', means, otherwise, least };
}

/** One of these words; null where it is left out. */
export function word<const Word extends string>(means: string, words: readonly Word[]): WordOption<Word> {
  return { kind: 'word', means, words };
}

/** The path of a file; null where it is left out. */
export function filePath(means: string): FileOption {
  return { kind: 'file', means };
}

/** Stands without a value. */
export function flag(means: string): FlagOption {
  return { kind: 'flag', means };
}

/** The command line asks for what there is not. The message says what there is. */
export class OptionRefused extends Error {}

/** What every benchmark takes. */
export const commonOptions = {
  json: flag('one object {bench, machine, metrics} for programs'),
  help: flag('what it measures and its options'),
} satisfies BenchOptions;

/**
 * What was said on the command line, or what holds otherwise.
 * @throws OptionRefused at an unknown option, a value that does not fit, or more than one name
 */
export function chosen<Options extends BenchOptions>(
  options: Options,
  given: readonly string[] = process.argv.slice(2),
): Chosen<Options> {
  const named = new Map(
    Object.entries({ ...commonOptions, ...options }).map(([key, one]) => [dashed(key), one]),
  );
  const { tokens } = parseArgs({
    args: [...given],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...named].map(([name, { kind }]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }] as const),
    ),
  });
  const said = new Map<string, boolean | number | string>();
  const names = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  if (names.length > 1) throw new OptionRefused(`One benchmark at a time, not ${names.join(' and ')}.`);
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = named.get(token.name);
    if (!option) {
      const there = [...named.keys()].map((name) => `--${name}`).join(', ');
      throw new OptionRefused(`There is no option ${token.rawName}. There are: ${there}.`);
    }
    said.set(token.name, valueSaid(token.rawName, option, token.value));
  }
  const values = Object.entries(options).map(([key, option]) => [
    key,
    said.get(dashed(key)) ?? leftOut(option),
  ]);
  // As `ChosenOf` says: `valueSaid` and `leftOut` give each kind of option its kind of value.
  return Object.fromEntries(values) as Chosen<Options>;
}

/** @param value undefined where there was none */
function valueSaid(name: string, option: BenchOption, value: string | undefined): boolean | number | string {
  const refused = (wanted: string) =>
    new OptionRefused(`${name}${value === undefined ? '' : `=${value}`}: ${wanted}.`);
  switch (option.kind) {
    case 'flag':
      if (value !== undefined) throw refused('it stands without a value');
      return true;
    case 'file':
      if (!value) throw refused('the path of a file is wanted');
      return value;
    case 'word':
      if (value === undefined || !option.words.includes(value))
        throw refused(`one of ${option.words.join(', ')} is wanted`);
      return value;
    case 'number':
      if (!value || !/^\d+$/.test(value) || Number(value) < option.least)
        throw refused(`a whole number, ${option.least} or more, is wanted`);
      return Number(value);
  }
}

function leftOut(option: BenchOption): boolean | number | null {
  if (option.kind === 'flag') return false;
  return option.kind === 'number' && typeof option.otherwise === 'number' ? option.otherwise : null;
}

/** One line for each option: how it is written, what it means, what holds otherwise. */
export function optionLines(options: BenchOptions): string[] {
  const rows = Object.entries(options).map(
    ([key, option]) => [written(key, option), meaning(option)] as const,
  );
  const width = Math.max(0, ...rows.map(([how]) => how.length));
  return rows.map(([how, what]) => `${how.padEnd(width)}  ${what}`);
}

function written(key: string, option: BenchOption): string {
  const name = `--${dashed(key)}`;
  switch (option.kind) {
    case 'flag':
      return name;
    case 'file':
      return `${name}=FILE`;
    case 'word':
      return `${name}=${option.words.join('|')}`;
    case 'number':
      return `${name}=N`;
  }
}

function meaning(option: BenchOption): string {
  if (option.kind !== 'number') return option.means;
  const { means, otherwise } = option;
  return `${means} (${typeof otherwise === 'number' ? otherwise.toLocaleString('en') : otherwise})`;
}

function dashed(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
