// The practice hub: runs beside main in a process of its own where no hub address is set, on loopback only.
// Started again when it ends by itself; told to stop, and waited for, when the app quits.
import path from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { practiceHubEnvironment } from './practice-hub-environment.ts';

const listening = z.object({ type: z.literal('listening'), url: z.url() });
const restartAfterMs = 1_000;
const stopWithinMs = 3_000;

export interface PracticeHubProcess {
  stop(): Promise<void>;
}

/** @param onListening called with the hub's ws: address, again after each restart. */
export function runPracticeHub(parts: {
  outFolder: string;
  dataFolder: string;
  onListening(url: string): void;
  log: Log;
}): PracticeHubProcess {
  const { log } = parts;
  let child: UtilityProcess | null = null;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  const start = () => {
    const started = utilityProcess.fork(
      path.join(parts.outFolder, 'hub', 'practice-hub.js'),
      [`--data-directory=${parts.dataFolder}`],
      {
        serviceName: 'Offhook practice hub',
        stdio: 'inherit',
        env: { ...process.env, ...practiceHubEnvironment },
      },
    );
    child = started;
    started.on('message', (message: unknown) => {
      const told = listening.safeParse(message);
      if (told.success) parts.onListening(told.data.url);
      else log.warn('practice hub: message not understood', {});
    });
    started.once('exit', (code) => {
      child = null;
      if (stopping) return;
      log.error('practice hub: ended, started again', { code });
      timer = setTimeout(start, restartAfterMs);
    });
  };
  start();

  return {
    stop() {
      stopping = true;
      clearTimeout(timer);
      const running = child;
      if (!running) return Promise.resolve();
      return new Promise((resolve) => {
        const force = setTimeout(() => running.kill(), stopWithinMs);
        running.once('exit', () => {
          clearTimeout(force);
          resolve();
        });
        running.postMessage({ type: 'stop' });
      });
    },
  };
}
