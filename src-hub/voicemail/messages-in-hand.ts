// Messages while they are being said, on disk as they come: `<id>.about.json` with `<id>.recording`, an Ogg file that may
// end anywhere. They are an insurance: a message that comes to its end is written anew as a whole (voicemail-files.ts),
// and a disk that refuses here is logged. Used by voicemail-service.ts.
import { mkdir, open, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type VoicemailId, voicemailId } from '#shared/domain/ids.ts';
import type { HubLog } from '../hub-log.ts';
import type { MessageAbout } from '../media/media-ports.ts';

const aboutEnding = '.about.json';
const recordingEnding = '.recording';

const messageAbout = z.object({
  mailbox: z.string(),
  callerNumber: z.string().nullable(),
  callerName: z.string().nullable(),
  leftAtMs: z.number(),
});

export interface RecordingInHand {
  append(oggPages: Uint8Array): void;
  /** Resolves when what was written is gone; also where it could not be removed, which is logged. */
  remove(): Promise<void>;
}

export interface LeftBehind {
  readonly id: VoicemailId;
  /** Null where the hub died while it was being written. */
  readonly about: MessageAbout | null;
  readonly oggOpus: Uint8Array;
}

export class MessagesInHand {
  readonly #directory: string;
  readonly #log: HubLog;

  constructor(directory: string, log: HubLog) {
    this.#directory = directory;
    this.#log = log;
  }

  begin(id: VoicemailId, about: MessageAbout): RecordingInHand {
    let failed = false;
    const guarded = async (work: () => Promise<void>) => {
      if (failed) return;
      try {
        await work();
      } catch (error) {
        failed = true;
        this.#log.error('voicemail: a message cannot be written while it is said', { error });
      }
    };
    let written = guarded(async () => {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 });
      await writeFile(this.#path(id, aboutEnding), JSON.stringify(about), { mode: 0o600, flush: true });
    });
    return {
      append: (oggPages) => {
        written = written.then(() => guarded(() => this.#append(id, oggPages)));
      },
      remove: async () => {
        await written;
        try {
          await this.remove(id);
        } catch (error) {
          // Found again at the next start, and removed there, since the message is known by then.
          this.#log.error('voicemail: the recording of a message cannot be removed', { error });
        }
      },
    };
  }

  /** What a hub that died left. */
  async leftBehind(): Promise<LeftBehind[]> {
    const names = await readdir(this.#directory);
    const ids = names
      .filter((name) => name.endsWith(aboutEnding))
      .map((name) => voicemailId.parse(name.slice(0, -aboutEnding.length)));
    return await Promise.all(
      ids.map(async (id) => ({
        id,
        about: aboutOf(await readFile(this.#path(id, aboutEnding), 'utf8')),
        oggOpus: names.includes(id + recordingEnding)
          ? await readFile(this.#path(id, recordingEnding))
          : new Uint8Array(),
      })),
    );
  }

  async remove(id: VoicemailId): Promise<void> {
    for (const ending of [recordingEnding, aboutEnding]) {
      await unlink(this.#path(id, ending)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }

  async #append(id: VoicemailId, oggPages: Uint8Array): Promise<void> {
    const file = await open(this.#path(id, recordingEnding), 'a', 0o600);
    try {
      await file.writeFile(oggPages);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  #path(id: VoicemailId, ending: string): string {
    return join(this.#directory, `${id}${ending}`);
  }
}

function aboutOf(text: string): MessageAbout | null {
  try {
    return messageAbout.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
