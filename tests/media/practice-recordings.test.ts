// The trainer's two environment variables, and the scripts of the callers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { practiceCallKind } from '#shared/desktop/settings-contract.ts';
import { callerScripts } from '../../src-hub/media/caller-script.ts';
import { readPracticeMediaOptions } from '../../src-hub/media/practice-recordings.ts';
import { prompt } from '../../src-hub/media/prompts.ts';
import { makeToneOpus, makeToneWav } from '../support/tone.ts';

const folder = mkdtempSync(join(tmpdir(), 'offhook-speech-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('without the variables the callers speak their own words and keep nothing', async () => {
  expect(await readPracticeMediaOptions({})).toEqual({});
});

test('a recording and a folder are taken as given', async () => {
  const file = join(folder, 'tone.opus');
  writeFileSync(file, makeToneOpus(440, 1));
  const options = await readPracticeMediaOptions({
    OFFHOOK_PRACTICE_SPEECH: file,
    OFFHOOK_PRACTICE_RECORDINGS: join(folder, 'kept'),
  });
  expect(options.recordingsFolder).toBe(join(folder, 'kept'));
  expect(Buffer.compare(Buffer.from(options.speech ?? []), Buffer.from(makeToneOpus(440, 1)))).toBe(0);
});

test('a recording that is missing or of another kind is refused with a word what to do', async () => {
  const missing = join(folder, 'missing.opus');
  await expect(readPracticeMediaOptions({ OFFHOOK_PRACTICE_SPEECH: missing })).rejects.toThrow(
    /cannot be read \(ENOENT\).*opusenc.*unset/,
  );
  const wav = join(folder, 'tone.wav');
  writeFileSync(wav, makeToneWav(440, 1));
  await expect(readPracticeMediaOptions({ OFFHOOK_PRACTICE_SPEECH: wav })).rejects.toThrow(
    /does not begin with an Opus/,
  );
});

test('every line of every caller has its prompt', () => {
  for (const kind of practiceCallKind.options) {
    for (const { lines, message } of callerScripts[kind]) {
      for (const name of [...lines, message]) expect(prompt(name).durationMs).toBeGreaterThan(1_000);
    }
  }
  for (const name of ['voicemail-greeting', 'echo-greeting', 'called-1']) {
    expect(prompt(name).durationMs).toBeGreaterThan(2_000);
  }
});
