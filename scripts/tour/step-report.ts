// How the tour tells what it does: one line per step with when it began, how long it took and what came of it, and
// below it what was heard. Used by scripts/tour.ts and its steps; knows nothing of windows.

/** What a step found out, for the person who reads along. */
export interface Found {
  readonly seen: string;
  /** What was measured, a line each. */
  readonly heard?: readonly string[];
}

export interface StepReport {
  /**
   * Does one thing and tells it.
   * @param act what is timed; gives what came of it.
   * @param afterwards such as taking pictures: part of the step, outside of its time.
   */
  step(what: string, act: () => Promise<Found | string>, afterwards?: () => Promise<void>): Promise<void>;
  count(): number;
  /** The step that is going on, or went wrong. */
  current(): string | null;
}

const whatWidth = 42;
const lineWidth = 118;

/** @param write takes a line, without its end. */
export function createStepReport(write: (line: string) => void): StepReport {
  const beganAtMs = performance.now();
  let count = 0;
  let current: string | null = null;
  write(columns('', 'at', 'took', 'what is done', 'what came of it'));

  const tell = (atMs: number, tookMs: number, what: string, { seen, heard = [] }: Found) => {
    const texts = [seen, ...heard.map((line) => `heard: ${line}`)].flatMap((text) => wrapped(text));
    texts.forEach((text, index) => {
      const line =
        index === 0
          ? columns(String(count), inSeconds(atMs, 1), inSeconds(tookMs, 2), what, text)
          : columns('', '', '', '', text);
      write(line.trimEnd());
    });
  };

  return {
    async step(what, act, afterwards) {
      count += 1;
      current = what;
      const startedAtMs = performance.now();
      const took = () => performance.now() - startedAtMs;
      let tookMs = 0;
      try {
        const found = await act();
        tookMs = took();
        await afterwards?.();
        tell(startedAtMs - beganAtMs, tookMs, what, typeof found === 'string' ? { seen: found } : found);
      } catch (error) {
        tell(startedAtMs - beganAtMs, tookMs || took(), what, { seen: 'FAILED' });
        throw error;
      }
      current = null;
    },
    count: () => count,
    current: () => current,
  };
}

function columns(number: string, at: string, took: string, what: string, found: string): string {
  return `${number.padStart(3)} ${at.padStart(7)} ${took.padStart(8)}  ${what.padEnd(whatWidth)} ${found}`;
}

function inSeconds(ms: number, digits: number): string {
  return `${(ms / 1000).toFixed(digits)} s`;
}

/** Breaks a text at spaces into lines that fit beside the other columns. */
function wrapped(text: string): string[] {
  const width = lineWidth - columns('', '', '', '', '').length;
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(`  ${word}`);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
