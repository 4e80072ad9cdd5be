// The draft on its way to disk: soon, one write at a time, marked saved by nothing but main's reply.
import '../support/jsdom-stand-ins.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { desktopContract } from '#shared/desktop/desktop-contract.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { connect } from '#shared/wire/connect.ts';
import { memoryWire } from '#shared/wire/memory-wire.ts';
import { DraftKeeper } from '../../src-renderer/features/write-note/draft-keeper.ts';
import { signedInState, talking } from '../support/sample-state.ts';
import { type Overrides, scriptedMain } from '../support/scripted-main.ts';

const callId = 'c1' as CallId;
const log = { warn: () => undefined, error: () => undefined };

function keeperOver(overrides: Overrides = {}) {
  const wire = memoryWire();
  const main = scriptedMain(wire.right, signedInState({ calls: [talking('c1')] }), overrides);
  const client = connect(desktopContract, wire.left, log);
  const keeper = new DraftKeeper(client, callId, {
    callId,
    note: '',
    dispositionId: null,
    form: emptyFormDraft,
    savedAtMs: null,
  });
  const written = () =>
    main.asked
      .filter((each) => each.name === 'drafts.change')
      .map((each) => (each.request as { note: string }).note);
  return { keeper, main, written };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the draft keeper', () => {
  it('writes a keystroke within 100 ms and is saved only after the reply', async () => {
    let reply = (): void => undefined;
    const { keeper, written } = keeperOver({
      'drafts.change': ({ note }) =>
        new Promise((resolve) => {
          reply = () =>
            resolve({ callId, note: note ?? '', dispositionId: null, form: emptyFormDraft, savedAtMs: 77 });
        }),
    });
    keeper.setNote('H');
    expect(keeper.read()).toMatchObject({ state: 'writing', savedAtMs: null });
    await vi.advanceTimersByTimeAsync(100);
    expect(written()).toEqual(['H']);
    expect(keeper.read().state).toBe('writing');
    reply();
    await vi.advanceTimersByTimeAsync(0);
    expect(keeper.read()).toMatchObject({ state: 'kept', savedAtMs: 77 });
  });

  it('goes on writing every 100 ms while someone types without a pause', async () => {
    const { keeper, written } = keeperOver();
    for (let at = 1; at <= 20; at += 1) {
      keeper.setNote('x'.repeat(at));
      await vi.advanceTimersByTimeAsync(40);
    }
    expect(written().length).toBeGreaterThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(200);
    expect(written().at(-1)).toBe('x'.repeat(20));
    expect(keeper.read().state).toBe('kept');
  });

  it('keeps the text, says why and tries again by itself when the disk is full', async () => {
    const { keeper, main, written } = keeperOver({
      'drafts.change': () => {
        throw new CommandFailed('diskFull', 'full');
      },
    });
    keeper.setNote('not lost');
    await vi.advanceTimersByTimeAsync(150);
    expect(keeper.read()).toMatchObject({ state: 'failed', refusal: 'diskFull', note: 'not lost' });
    main.override('drafts.change', ({ note }) => ({
      callId,
      note: note ?? '',
      dispositionId: null,
      form: emptyFormDraft,
      savedAtMs: 5,
    }));
    await vi.advanceTimersByTimeAsync(2100);
    expect(written().at(-1)).toBe('not lost');
    expect(keeper.read()).toMatchObject({ state: 'kept', refusal: null, savedAtMs: 5 });
  });

  it('takes what another window wrote, but not over what is being typed here', () => {
    const { keeper } = keeperOver();
    keeper.adopt({
      callId,
      note: 'from the other window',
      dispositionId: null,
      form: emptyFormDraft,
      savedAtMs: 1,
    });
    expect(keeper.read().note).toBe('from the other window');
    keeper.setNote('typed here');
    keeper.adopt({ callId, note: 'older', dispositionId: null, form: emptyFormDraft, savedAtMs: 2 });
    expect(keeper.read().note).toBe('typed here');
  });

  it('is at rest only while nobody shows it and all of it is on disk', async () => {
    let refused = true;
    const { keeper } = keeperOver({
      'drafts.change': ({ note }) => {
        if (refused) throw new CommandFailed('diskFull', 'The disk is full.');
        return { callId, note: note ?? '', dispositionId: null, form: emptyFormDraft, savedAtMs: 77 };
      },
    });
    expect(keeper.isAtRest).toBe(true);
    const leave = keeper.subscribe(() => undefined);
    expect(keeper.isAtRest).toBe(false);
    keeper.setNote('Not on disk');
    leave();
    await keeper.flush();
    expect(keeper.isAtRest).toBe(false);
    refused = false;
    await keeper.flush();
    expect(keeper.isAtRest).toBe(true);
  });

  it('says that not all is on disk when a flush is refused', async () => {
    const { keeper } = keeperOver({
      'drafts.change': () => {
        throw new CommandFailed('diskFailed', 'broken');
      },
    });
    keeper.setDisposition('refund' as DispositionId);
    const flushed = keeper.flush();
    await vi.advanceTimersByTimeAsync(10);
    expect(await flushed).toBe(false);
  });
});
