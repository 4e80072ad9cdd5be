// The wire module by itself: what each end does with good frames, bad frames and a lost other side.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { connect } from '#shared/wire/connect.ts';
import { command, defineContract, nothing, topic } from '#shared/wire/contract.ts';
import { memoryWire } from '#shared/wire/memory-wire.ts';
import { serve } from '#shared/wire/serve.ts';
import { recordingLog } from '../support/recording-log.ts';

const level = topic('level', z.number());
const contract = defineContract({
  name: 'test',
  version: 1,
  commands: {
    ...level.commands,
    'numbers.double': command(z.strictObject({ value: z.number() }), z.number()),
    'numbers.refuse': command(nothing, z.null()),
    'numbers.break': command(nothing, z.null()),
    'numbers.never': command(nothing, z.null()),
  },
  events: { ...level.events },
});

function pair() {
  const wire = memoryWire();
  const log = recordingLog();
  const askers: string[] = [];
  const served = serve(
    contract,
    {
      'level.get': () => 7,
      'numbers.double': ({ value }, who: string) => {
        askers.push(who);
        return value * 2;
      },
      'numbers.refuse': () => {
        throw new CommandFailed('notNow', 'Not at the moment.');
      },
      'numbers.break': () => {
        throw new Error('secret text of a bug');
      },
      'numbers.never': () => new Promise<null>(() => {}),
    },
    wire.left,
    { context: 'window 1', log },
  );
  const client = connect(contract, wire.right, log);
  return { wire, log, served, client, askers };
}

/** Lets the memory wire's microtasks and the handlers' promises run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a call is answered, with the context that the transport gave', async () => {
  const { client, askers } = pair();
  expect(await client.call('numbers.double', { value: 21 })).toBe(42);
  expect(askers).toEqual(['window 1']);
});

test('a refusal arrives with its reason and its text', async () => {
  const { client } = pair();
  await expect(client.call('numbers.refuse', null)).rejects.toMatchObject({
    name: 'CommandFailed',
    reason: 'notNow',
    message: 'Not at the moment.',
  });
});

test('a bug in a handler reaches the asker as "internal", without its text, and the log once', async () => {
  const { client, log } = pair();
  const failure = await client.call('numbers.break', null).catch((error: unknown) => error as CommandFailed);
  expect(failure).toMatchObject({ reason: 'internal' });
  expect((failure as CommandFailed).message).not.toContain('secret');
  expect(log.lines.filter((line) => line.level === 'error')).toHaveLength(1);
});

test('a request that does not fit is refused and never reaches its handler', async () => {
  const { client, askers } = pair();
  await expect(client.call('numbers.double', { value: 'x' } as never)).rejects.toMatchObject({
    reason: 'malformed',
  });
  await expect(client.call('numbers.double', { value: 1, more: 2 } as never)).rejects.toMatchObject({
    reason: 'malformed',
  });
  expect(askers).toEqual([]);
});

test('a refusal for a misfit names the place, never the value', async () => {
  const { client, log } = pair();
  const failure = await client
    .call('numbers.double', { value: 'my private text' } as never)
    .catch((error: unknown) => error as CommandFailed);
  expect((failure as CommandFailed).message).toContain('value');
  expect(JSON.stringify([failure, log.lines])).not.toContain('private');
});

test('unknown commands, also those that objects have by birth, are refused', async () => {
  const { wire } = pair();
  const answers: unknown[] = [];
  wire.right.onFrame((frame) => answers.push(frame));
  for (const [id, name] of ['no.such', 'constructor', '__proto__', 'toString'].entries()) {
    wire.right.post({ kind: 'call', id, name, payload: null });
  }
  await settled();
  expect(answers).toHaveLength(4);
  for (const answer of answers) expect(answer).toMatchObject({ kind: 'refusal', reason: 'unknownCommand' });
});

test('malformed frames are answered where they carry an id, dropped where not, and logged', async () => {
  const { wire, log, client } = pair();
  const answers: unknown[] = [];
  wire.right.onFrame((frame) => answers.push(frame));
  wire.right.post({ kind: 'call', id: 5, name: 3 });
  wire.right.post('hello');
  wire.right.post(null);
  wire.right.post({ kind: 'call', id: -1, name: 'level.get', payload: null });
  await settled();
  expect(answers).toEqual([expect.objectContaining({ kind: 'refusal', id: 5, reason: 'malformed' })]);
  expect(log.lines.filter((line) => line.message === 'wire: malformed frame')).toHaveLength(4);
  expect(await client.call('level.get', null)).toBe(7);
});

test('no frame whatever ends either side', async () => {
  const { wire, client } = pair();
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    maxDepth: 3,
  });
  await fc.assert(
    fc.asyncProperty(anything, fc.boolean(), async (frame, toServer) => {
      (toServer ? wire.right : wire.left).post(frame);
      await settled();
      expect(await client.call('numbers.double', { value: 1 })).toBe(2);
    }),
    { numRuns: 300 },
  );
});

test('an event that does not fit is dropped, one that fits is heard', async () => {
  const { wire, client, served } = pair();
  const heard: number[] = [];
  const stop = client.on('level.changed', (value) => heard.push(value));
  wire.left.post({ kind: 'event', name: 'level.changed', payload: 'loud' });
  served.emit('level.changed', 3);
  await settled();
  stop();
  served.emit('level.changed', 4);
  await settled();
  expect(heard).toEqual([3]);
});

test('emitting an event of the wrong shape is our own bug and throws', () => {
  const { served } = pair();
  expect(() => served.emit('level.changed', 'loud' as never)).toThrow();
});

test('calls under way end with "disconnected" when the other side goes', async () => {
  const { wire, client } = pair();
  const call = client.call('numbers.never', null);
  wire.close();
  await expect(call).rejects.toMatchObject({ reason: 'disconnected' });
  await expect(client.call('level.get', null)).rejects.toMatchObject({ reason: 'disconnected' });
});

test('a page that was reloaded does not take the answer to the page before it for its own', async () => {
  const wire = memoryWire();
  const log = recordingLog();
  const before = connect(contract, wire.right, log);
  const after = connect(contract, wire.right, log);
  const ids: number[] = [];
  wire.left.onFrame((frame) => ids.push((frame as { id: number }).id));
  void before.call('level.get', null).catch(() => {});
  void after.call('level.get', null).catch(() => {});
  await settled();
  expect(new Set(ids).size).toBe(2);
});
