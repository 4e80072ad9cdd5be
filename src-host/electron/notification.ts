// Notification: the desktop's own, by notify-send where it is installed and a session bus is there. A click is heard where
// notify-send can wait for one.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { findOnPath } from '../browser/find-chromium.ts';
import { notAvailable } from '../host-log.ts';

interface NotificationOptions {
  readonly title?: string;
  readonly subtitle?: string;
  readonly body?: string;
  readonly urgency?: 'normal' | 'critical' | 'low';
  readonly timeoutType?: 'default' | 'never';
  readonly silent?: boolean;
}

/** The tool, and whether it can wait for a click (libnotify 0.8). */
function findNotifier(): { readonly file: string; readonly waits: boolean } | null {
  const file = findOnPath(['notify-send'], process.env);
  if (!file || !process.env.DBUS_SESSION_BUS_ADDRESS) return null;
  const help = execFileSync(file, ['--help'], { encoding: 'utf8' });
  return { file, waits: help.includes('--action') };
}

export class Notification extends EventEmitter {
  static isSupported = (): boolean => findNotifier() !== null;

  title: string;
  subtitle: string;
  body: string;
  readonly #options: NotificationOptions;
  #shown: ChildProcess | undefined;

  constructor(options: NotificationOptions = {}) {
    super();
    this.#options = options;
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
  }

  show(): void {
    const notifier = findNotifier();
    if (!notifier) {
      notAvailable('Notification', 'notify-send and a session bus are needed; nothing is shown');
      return;
    }
    this.close();
    const { urgency = 'normal', timeoutType } = this.#options;
    const shown = spawn(
      notifier.file,
      [
        '--app-name=Offhook',
        `--urgency=${urgency}`,
        ...(timeoutType === 'never' ? ['--expire-time=0'] : []),
        ...(notifier.waits ? ['--wait', '--action=default=Open'] : []),
        '--',
        this.title,
        [this.subtitle, this.body].filter((line) => line !== '').join('\n'),
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.#shown = shown;
    let chosen = '';
    shown.stdout.on('data', (text: Buffer) => {
      chosen += text.toString();
    });
    shown.once('spawn', () => this.emit('show', {}));
    shown.once('error', (error) => this.emit('failed', {}, error.message));
    shown.once('close', () => {
      if (this.#shown !== shown) return;
      this.#shown = undefined;
      if (chosen.trim() === 'default') this.emit('click', {});
      this.emit('close', {});
    });
  }

  /** Stops waiting; a notification server takes back what nobody waits for. */
  close(): void {
    const shown = this.#shown;
    this.#shown = undefined;
    shown?.kill();
  }
}
