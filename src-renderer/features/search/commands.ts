// What the palette can do besides finding: commands with their words, and which of them fit what was typed. Pure; the
// window says which commands there are.
import type { ReactNode } from 'react';

export interface PaletteCommand {
  readonly id: string;
  readonly title: string;
  /** Further words that it is found by. */
  readonly words: string;
  /** An icon of 18 px, or the sign of a status. */
  readonly sign: ReactNode;
  /** Resolves to the reason of a refusal, null where it was done. */
  run(): Promise<string | null>;
}

/** As texts are compared: without case and accents, umlauts also as ae, oe, ue. */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/ä|ae/g, 'a')
    .replaceAll(/ö|oe/g, 'o')
    .replaceAll(/ü|ue/g, 'u')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}

const wordsOf = (text: string) =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

export interface FittingCommands {
  /** Those of which a word was typed in full: they stand above all that is found. */
  readonly first: readonly PaletteCommand[];
  readonly rest: readonly PaletteCommand[];
}

/** Each typed word must begin a word of the command; nothing typed fits all. */
export function fittingCommands(commands: readonly PaletteCommand[], text: string): FittingCommands {
  const typed = wordsOf(text);
  const fitting = commands.filter(({ title, words }) => {
    const own = wordsOf(`${title} ${words}`);
    return typed.every((part) => own.some((word) => word.startsWith(part)));
  });
  const isNamed = ({ title }: PaletteCommand) => {
    const own = wordsOf(title);
    return typed.length > 0 && typed.every((part) => own.includes(part));
  };
  return { first: fitting.filter(isNamed), rest: fitting.filter((each) => !isNamed(each)) };
}

/** Whether what was typed can be a number to dial; main has the last word. */
export function looksLikeNumber(text: string): boolean {
  const trimmed = text.trim();
  return /^[+*#\d][\d\s()/.*#-]*$/.test(trimmed) && trimmed.replaceAll(/[^\d*#]/g, '').length >= 2;
}
