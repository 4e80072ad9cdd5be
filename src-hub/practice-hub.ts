// The practice hub as a process: run by the desktop's main (Electron's utilityProcess, or the host's child process),
// or by hand with Node. Tells its address, ends when it is told to, or when whoever started it is gone.
//   --data-directory=DIR    where database, messages and practice-hub.json are (made where missing)
//   --preferred-port=PORT   another is used where it is taken
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { z } from 'zod';
import { createHubLog } from './hub-log.ts';
import {
  readPracticeHubFile,
  removePracticeHubFile,
  writePracticeHubFile,
} from './practice/practice-hub-file.ts';

/** Electron gives it to a utility process; plain Node has none. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
}

const stopMessage = z.object({ type: z.literal('stop') });
/** Main waits three seconds, then ends this process by force: the file is to be gone before. */
const closeWithinMs = 2_500;
const lookForParentEveryMs = 2_000;

const log = createHubLog();
const parentPort = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort ?? null;

const { values } = parseArgs({
  options: { 'data-directory': { type: 'string' }, 'preferred-port': { type: 'string' } },
  // Electron and the host may add switches of their own.
  strict: false,
});
const options = z
  .object({
    'data-directory': z.string().min(1),
    'preferred-port': z.coerce.number().int().min(0).max(65_535).optional(),
  })
  .safeParse(values);

if (options.success) await run(options.data['data-directory'], options.data['preferred-port']);
else {
  log.error('practice hub: --data-directory=DIR is needed; --preferred-port takes 0 to 65535', {});
  process.exitCode = 2;
}

async function run(dataDirectory: string, preferredPort: number | undefined): Promise<void> {
  const parentId = process.ppid;
  // The heap's nursery stays as small as it begins: loading the rest would let it grow by 20 MB that are never needed again.
  setFlagsFromString('--semi-space-growth-factor=1');
  // V8's middle compiler takes up a function after 400 runs, so what runs once a connection comes all at once: 150 functions
  // within a second, whose memory malloc keeps for good (docs/benchmarks.md). One person's calls do not need it.
  setFlagsFromString('--no-maglev');
  const { startHub } = await import('./hub.ts');
  const hub = await startHub({
    dataDirectory,
    host: '127.0.0.1',
    // After a crash: the desktops still know the former address.
    preferredPort: preferredPort ?? portOf(readPracticeHubFile(dataDirectory)?.url) ?? 0,
    practice: true,
    log,
  });
  const file = { url: hub.url, accessToken: hub.operatorToken, processId: process.pid };
  writePracticeHubFile(dataDirectory, file);

  let ending = false;
  const end = (why: string) => {
    if (ending) return;
    ending = true;
    clearInterval(parentWatch);
    log.info('practice hub: ends', { why });
    removePracticeHubFile(dataDirectory, file);
    setTimeout(() => process.exit(1), closeWithinMs).unref();
    hub.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('practice hub: did not end cleanly', { error });
        process.exit(1);
      },
    );
  };
  const parentWatch = setInterval(() => {
    if (!isParentThere(parentId)) end('whoever started it is gone');
  }, lookForParentEveryMs);

  process.on('SIGTERM', () => end('SIGTERM'));
  // Ctrl+C reaches every process of the terminal: below main, it is main that ends this one, in its order.
  process.on('SIGINT', () => {
    if (!parentPort) end('SIGINT');
  });
  process.on('disconnect', () => end('the channel to whoever started it is closed'));
  if (parentPort) {
    parentPort.on('message', ({ data }) => {
      if (stopMessage.safeParse(data).success) end('told to stop');
      else log.warn('practice hub: message not understood', {});
    });
    parentPort.postMessage({ type: 'listening', url: hub.url });
  } else {
    process.stdout.write(`${hub.url}\n`);
  }
}

/** On POSIX an orphan is given another parent; elsewhere the parent's id is looked up. */
function isParentThere(parentId: number): boolean {
  if (process.ppid !== parentId) return false;
  try {
    process.kill(parentId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function portOf(url: string | undefined): number | undefined {
  return url ? Number(new URL(url).port) : undefined;
}
