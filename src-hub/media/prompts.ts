// The spoken prompts, read once from the .opus files that lie beside this file, and beside the built hub.
// Made by prompts/make-prompts.sh. Used by voicemail, echo and the scripted callers.
import { existsSync, readFileSync } from 'node:fs';
import { type OpusAudio, readOggOpus } from './ogg/ogg-opus-reader.ts';

const known = new Map<string, OpusAudio>();

/** The packets of `prompts/<name>.opus`. Throws where the file is missing or no Ogg Opus. */
export function prompt(name: string): OpusAudio {
  let audio = known.get(name);
  if (!audio) {
    audio = readOggOpus(readFileSync(promptFile(name)));
    known.set(name, audio);
  }
  return audio;
}

/** Bundled, this code is in out/hub or out/hub/chunks, and the prompts in out/hub/prompts. */
function promptFile(name: string): URL {
  const beside = new URL(`./prompts/${name}.opus`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../prompts/${name}.opus`, import.meta.url);
}
