// Whatever happens to calls, in any order, and wherever in it the app is killed: what was replied as saved is there in the
// next run, and no call has vanished. After every step the database's files are copied as they are, nothing closed, and
// a next run is started on the copy.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CallId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { complaint, type DeskAtWork, deskAtWork, sold } from './desk-at-work.ts';

/** What was replied as saved. */
interface Promised {
  note: string;
  dispositionId: string | null;
  /** Replied by Save and not taken back since. */
  saved: boolean;
}

interface Story {
  readonly work: DeskAtWork;
  readonly calls: CallId[];
  readonly promised: Map<CallId, Promised>;
}

type Act = (story: Story, call: CallId) => void;

const facts = [
  'established',
  'callerGaveUp',
  'answeredElsewhere',
  'rangOut',
  'remoteHungUp',
  'byeConfirmed',
  'holdConfirmed',
] as const;

const acts: Record<string, Act> = {
  ...Object.fromEntries(facts.map((fact) => [fact, ({ work }, call) => work.tell(fact, call)] as const)),
  accept: ({ work }, call) => work.desk.accept(call),
  ignore: ({ work }, call) => work.desk.ignore(call),
  decline: ({ work }, call) => work.desk.decline(call),
  hangUp: ({ work }, call) => work.desk.hangUp(call),
  hold: ({ work }, call) => work.desk.hold(call),
  extend: ({ work }, call) => work.desk.extendWrapUp(call, 60_000),
  pass: ({ work }) => work.clock.pass(4_000),
  passLong: ({ work }) => work.clock.pass(31_000),
  write: (story, call) => change(story, call, { note: `note ${story.work.clock.nowMs() % 1000}` }),
  choose: (story, call) => change(story, call, { dispositionId: sold }),
  chooseNoteNeeded: (story, call) => change(story, call, { dispositionId: complaint }),
  finish({ work, promised }, call) {
    work.desk.finish(call);
    const draft = promised.get(call) ?? { note: '', dispositionId: null };
    promised.set(call, { ...draft, saved: true });
  },
  undo({ work, promised }, call) {
    work.desk.undoFinish(call);
    const draft = promised.get(call);
    if (draft) draft.saved = false;
  },
};

function change(
  { work, promised }: Story,
  call: CallId,
  made: Parameters<DeskAtWork['drafts']['change']>[1],
) {
  const { note, dispositionId } = work.drafts.change(call, made);
  promised.set(call, { note, dispositionId, saved: false });
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('ring', 'dial'), which: fc.constant(0) }) },
  // What makes most calls: so that stories get as far as wrap-up and Save.
  {
    weight: 10,
    arbitrary: fc.record({
      act: fc.constantFrom('accept', 'established', 'write', 'choose', 'remoteHungUp', 'finish'),
      which: fc.nat(1),
    }),
  },
  { weight: 6, arbitrary: fc.record({ act: fc.constantFrom(...Object.keys(acts)), which: fc.nat(2) }) },
);

async function checkNextRun({ work, calls, promised }: Story): Promise<void> {
  const alive = new Map(work.desk.views().map((view) => [view.callId, view]));
  const next = await work.wouldLeave();
  next.desk.agentChanged();
  const reopened = new Map(next.desk.views().map((view) => [view.callId, view]));
  for (const call of calls) {
    const before = alive.get(call);
    const view = reopened.get(call);
    // No call has vanished: it is a wrap-up, or in the history.
    const shown = view ?? next.entry(call);
    if (view) expect(view).toMatchObject({ phase: 'wrapUp', answeredAtMs: expect.any(Number) });
    expect(shown.outcome).not.toBeNull();
    if (before && before.phase !== 'wrapUp') expect(shown.endCause).toBe('lost');
    if (before && before.answeredAtMs === null && before.direction === 'inbound')
      expect(shown).toMatchObject({ outcome: 'missed', missedReason: 'appEnded' });
    const said = promised.get(call);
    if (!said) continue;
    if (said.saved) {
      const entry = next.entry(call);
      expect(['undoable', 'finished']).toContain(entry.state);
      expect([entry.note, entry.disposition?.id ?? null]).toEqual([said.note, said.dispositionId]);
    } else {
      const { note, dispositionId } = next.drafts.get(call);
      expect([note, dispositionId]).toEqual([said.note, said.dispositionId]);
    }
  }
  next.close();
}

it('a kill after any step of any history of calls loses nothing that was replied as saved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const work = await deskAtWork();
      const story: Story = { work, calls: [], promised: new Map() };
      for (const { act, which } of [{ act: 'ring', which: 0 }, ...steps]) {
        try {
          if (act === 'ring') story.calls.push(work.ring(`call-${story.calls.length}`));
          else if (act === 'dial') story.calls.push(work.desk.dial('202'));
          else acts[act]?.(story, story.calls.at(-1 - which) ?? (story.calls[0] as CallId));
        } catch (error) {
          // Refused: nothing has changed, which is checked like anything else.
          if (!(error instanceof CommandFailed)) throw error;
        }
        await checkNextRun(story);
      }
      work.close();
    }),
    { numRuns: 20 },
  );
}, 60_000);
