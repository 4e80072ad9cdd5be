// What a trainer may ask of the practice callers by environment variable, and where their reports go.
// Read by the practice hub when it starts.
//   OFFHOOK_PRACTICE_SPEECH      let the practice callers say your own recording: the path of an Ogg Opus file
//   OFFHOOK_PRACTICE_RECORDINGS  keep each practice call: a folder for <id>.json and <id>.opus (what the caller heard)
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScriptedCallReport } from './media-ports.ts';
import { NotOggOpus, readOggOpus } from './ogg/ogg-opus-reader.ts';

export interface PracticeMediaOptions {
  readonly speech?: Uint8Array;
  readonly recordingsFolder?: string;
}

/** Rejects with a message for the trainer where the speech cannot be read or is no Ogg Opus. */
export async function readPracticeMediaOptions(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PracticeMediaOptions> {
  const { OFFHOOK_PRACTICE_SPEECH: speechFile, OFFHOOK_PRACTICE_RECORDINGS: recordingsFolder } = environment;
  return {
    ...(speechFile ? { speech: await readSpeech(speechFile) } : {}),
    ...(recordingsFolder ? { recordingsFolder } : {}),
  };
}

async function readSpeech(file: string): Promise<Uint8Array> {
  const failed = (why: string, cause: unknown) =>
    new Error(
      `The practice callers cannot say the recording in OFFHOOK_PRACTICE_SPEECH: ${why}. ` +
        'Give the path of an Ogg Opus file (made with opusenc, for example), or unset the variable.',
      { cause },
    );
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw failed(`it cannot be read (${error.code})`, error);
  });
  try {
    readOggOpus(bytes);
  } catch (error) {
    throw error instanceof NotOggOpus ? failed(error.message, error) : error;
  }
  return bytes;
}

/** The sound first: whoever sees the .json finds the .opus beside it, whole. */
export async function keepReport(folder: string, id: string, report: ScriptedCallReport): Promise<void> {
  const { heardOggOpus, ...facts } = report;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${id}.opus`), heardOggOpus);
  const half = join(folder, `${id}.json.half`);
  await writeFile(half, `${JSON.stringify(facts, null, 2)}\n`);
  await rename(half, join(folder, `${id}.json`));
}
