// The practice hub as a process, and the command line that finds it. Run as main and a person run them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { practiceHubProgram } from '../support/hub-programs.ts';
import { startTestAgent } from '../support/test-agent.ts';
import { makeToneOpus } from '../support/tone.ts';
import { root, run, runHub, slowMs } from './hub-process.ts';
import { KeptLog, openDesktop, signInDesktop, startTestHub, temporaryFolder } from './support.ts';

describe('the practice hub’s process', () => {
  it(
    'tells its address, leaves a file that only its owner may read, comes back on the same port after it died, and removes the file at the end',
    async () => {
      const folder = await temporaryFolder();
      const first = await runHub(folder);
      const contents = JSON.parse(readFileSync(first.file, 'utf8')) as Record<string, unknown>;
      expect(contents).toMatchObject({ url: first.url, processId: first.child.pid });
      if (process.platform !== 'win32') expect(statSync(first.file).mode & 0o777).toBe(0o600);
      first.child.kill('SIGKILL');
      await first.exited;
      const { child, url, file, exited } = await runHub(folder);
      // Desktops find it.
      expect(url).toBe(first.url);
      child.kill('SIGTERM');
      expect(await exited).toBe(0);
      expect(existsSync(file)).toBe(false);
    },
    slowMs,
  );

  it(
    'ends by itself when whoever started it is gone',
    async () => {
      const dataDirectory = join(await temporaryFolder(), 'practice-hub');
      const starter = `
      import { spawn } from 'node:child_process';
      const hub = spawn(process.execPath, ${JSON.stringify([practiceHubProgram, `--data-directory=${dataDirectory}`])}, { stdio: 'ignore' });
      console.log(hub.pid);
      setInterval(() => {}, 1000);`;
      const parent = spawn(process.execPath, ['--input-type=module', '-e', starter], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      onTestFinished(() => void parent.kill('SIGKILL'));
      let out = '';
      parent.stdout.on('data', (data) => {
        out += data;
      });
      const file = join(dataDirectory, 'practice-hub.json');
      await eventually('the hub runs', () => existsSync(file), 30_000);
      const hubId = Number(out.trim());
      parent.kill('SIGKILL');
      await eventually('the hub has ended', () => !existsSync(file) && !isRunning(hubId));
    },
    slowMs,
  );

  it(
    'talks to main by its parent port: listening, and stop',
    async () => {
      // Electron's utility process has process.parentPort; here Node's own channel is dressed up as one.
      const dressedUp = `data:text/javascript,
      const { on, send } = process;
      process.parentPort = {
        on: (name, listener) => on.call(process, name, (data) => listener({ data })),
        postMessage: (message) => send.call(process, message),
      };`;
      const dataDirectory = join(await temporaryFolder(), 'practice-hub');
      const program = run(
        practiceHubProgram,
        [`--data-directory=${dataDirectory}`],
        ['--import', dressedUp],
        true,
      );
      const [told] = (await once(program.child, 'message')) as [unknown];
      expect(told).toEqual({ type: 'listening', url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/) });
      program.child.send({ type: 'nonsense' });
      program.child.send({ type: 'stop' });
      expect(await program.exited).toBe(0);
      expect(program.err()).toContain('message not understood');
      expect(existsSync(join(dataDirectory, 'practice-hub.json'))).toBe(false);
    },
    slowMs,
  );

  it(
    'says what it needs where it is started without a data directory',
    async () => {
      const program = run(practiceHubProgram, []);
      expect(await program.exited).toBe(2);
      expect(program.err()).toContain('--data-directory');
    },
    slowMs,
  );
});

describe('a port that is taken', () => {
  it('is left alone: the hub listens on another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port: taken } = other.address() as { port: number };
    const hub = await startTestHub({ preferredPort: taken });
    expect(hub.port).not.toBe(taken);
    expect(hub.log.has('the preferred port cannot be had')).toBe(true);
    const { client } = await openDesktop(hub);
    await expect(client.call('hub.describe', null)).resolves.toMatchObject({ practice: true });
  });

  it('is not tried again where it was free: the preferred one is used', async () => {
    const first = await startTestHub();
    await first.close();
    const second = await startTestHub({ preferredPort: first.port });
    expect(second.port).toBe(first.port);
  });
});

describe('a hub in practice mode', () => {
  it('refuses to listen anywhere but on this computer', async () => {
    await expect(startTestHub({ host: '0.0.0.0' as never })).rejects.toThrow('this computer only');
  });
});

describe('npm run practice-call', () => {
  const command = join(root, 'scripts/practice-call.ts');

  it(
    'lists the kinds when asked for help, and when it does not know the one that was said',
    async () => {
      const help = run(command, ['--help']);
      expect(await help.exited).toBe(0);
      const unknown = run(command, ['carrier-pigeon']);
      expect(await unknown.exited).toBe(2);
      expect(unknown.err()).toContain('"carrier-pigeon" is no kind of call');
      for (const { out } of [help, unknown]) {
        for (const word of [
          'known-customer',
          'withheld-number',
          'hangs-up-after-five-seconds',
          'two-at-once',
        ]) {
          expect(out()).toContain(word);
        }
      }
    },
    slowMs,
  );

  it(
    'says clearly where no practice hub runs, also where one has left its file behind, and does not get in with a token that is not the hub’s',
    async () => {
      const folder = await temporaryFolder();
      const call = async () => {
        const program = run(command, ['known-customer', `--user-data-dir=${folder}`]);
        return { exitCode: await program.exited, said: program.err() };
      };
      const noHub = { exitCode: 1, said: expect.stringContaining('No practice hub runs here') };
      expect(await call()).toMatchObject(noHub);
      const { child, exited, file } = await runHub(folder);
      const contents = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...contents, accessToken: 'invented' }));
      expect((await call()).exitCode).toBe(1);
      child.kill('SIGKILL');
      await exited;
      expect(existsSync(file)).toBe(true);
      expect(await call()).toMatchObject(noHub);
    },
    slowMs,
  );

  it(
    'DESK-10: lets a scripted caller ring an agent, and prints how the call fares until it ends',
    async () => {
      const folder = await temporaryFolder();
      const hub = await runHub(folder);
      const early = run(command, ['known-customer', `--user-data-dir=${folder}`]);
      await eventually('it prints who answered, and why', () =>
        early.out().includes('answered by the voicemail: nobody was Available'),
      );
      const { session, client } = await signInDesktop(hub);
      const phone = await startTestAgent(session.sip, makeToneOpus(440, 1), new KeptLog());
      onTestFinished(() => phone.close());
      await client.call('presence.set', { status: 'available', labelId: null, untilMs: null });
      const program = run(command, ['known-customer', `--user-data-dir=${folder}`]);
      const offer = await phone.nextCall();
      await eventually('it prints that it rings', () => program.out().includes('ringing'));
      offer.answer();
      await eventually('it prints that it was answered', () => program.out().includes('answered'));
      await eventually('sound arrives', () => offer.packetsHeard() > 20);
      offer.session.sendDTMF('7');
      await eventually('it prints the key', () => program.out().includes('heard key 7'));
      offer.session.terminate();
      expect(await program.exited).toBe(0);
      expect(program.out()).toContain('+442079460123  ended: had been answered');
    },
    slowMs,
  );
});

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
