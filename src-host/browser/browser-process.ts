// Starts Chromium with its protocol on two pipes, and ends it. No port, no startup window, a profile of its own.
// Called by host-browser.ts. When the host dies in any way the pipes close, and Chromium ends by itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ProtocolClient } from './protocol-client.ts';

const handOverWithinMs = 20_000;
const closeWithinMs = 3_000;

/** Written once into a new profile: the system's own window frame, so that it can be taken away; no offers to save passwords. */
const firstPreferences = {
  browser: { custom_chrome_frame: false, has_seen_welcome_page: true },
  credentials_enable_service: false,
};

export class BrowserProcess {
  readonly client: ProtocolClient;
  /** Resolves with the exit code, or the signal's name, when Chromium has ended. */
  readonly ended: Promise<number | string>;
  readonly #child: ChildProcess;
  readonly #executable: string;
  readonly #flags: readonly string[];
  #running = true;

  /** @param flags complete switches, `--user-data-dir` among them. */
  constructor(executable: string, profileFolder: string, flags: readonly string[]) {
    prepareProfile(profileFolder);
    this.#executable = executable;
    this.#flags = flags;
    this.#child = this.#spawn(['--no-startup-window']);
    const [, , , toBrowser, fromBrowser] = this.#child.stdio;
    this.client = new ProtocolClient(toBrowser as Writable, fromBrowser as Readable);
    this.ended = new Promise((resolve) => {
      const end = (how: number | string) => {
        this.#running = false;
        this.client.close();
        resolve(how);
      };
      this.#child.once('error', (error) => end(error.message));
      this.#child.once('exit', (code, signal) => end(signal ?? code ?? 0));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Opens a window without browser controls: a second start hands its command line over to the running one and exits.
   * It gets pipes too, so that it would end with the host should it find no browser to hand over to.
   */
  openAppWindow(url: string): void {
    if (!this.#running) return;
    const messenger = this.#spawn([`--app=${url}`]);
    const force = setTimeout(() => messenger.kill('SIGKILL'), handOverWithinMs);
    const settle = () => clearTimeout(force);
    messenger.once('exit', settle);
    messenger.once('error', settle);
    void this.ended.then(() => messenger.kill('SIGKILL'));
  }

  /** Asks Chromium to close, and kills it when it does not in time. */
  async close(): Promise<void> {
    if (!this.#running) return;
    const force = setTimeout(() => this.kill(), closeWithinMs);
    // Refused or unanswered, the pipe's end or the kill brings it down all the same.
    this.client.send('Browser.close').catch(() => this.kill());
    await this.ended;
    clearTimeout(force);
  }

  /** At once: for the last moment of the host's own process. */
  kill(): void {
    if (this.#running) this.#child.kill('SIGKILL');
  }

  #spawn(more: readonly string[]): ChildProcess {
    const stderr = process.env.OFFHOOK_HOST_LOG ? 'inherit' : 'ignore';
    const child = spawn(this.#executable, [...this.#flags, '--remote-debugging-pipe', ...more], {
      stdio: ['ignore', 'ignore', stderr, 'pipe', 'pipe'],
      // A group of its own: Ctrl+C in the terminal must let main quit in order before its windows go.
      detached: true,
    });
    // A broken pipe shows as the process's exit; without a listener it would end the host.
    child.stdio[3]?.on('error', () => child.kill());
    return child;
  }
}

function prepareProfile(profileFolder: string): void {
  mkdirSync(profileFolder, { recursive: true, mode: 0o700 });
  const preferences = path.join(profileFolder, 'Default', 'Preferences');
  if (existsSync(preferences)) return;
  mkdirSync(path.dirname(preferences), { recursive: true, mode: 0o700 });
  writeFileSync(preferences, JSON.stringify(firstPreferences), { mode: 0o600 });
}
