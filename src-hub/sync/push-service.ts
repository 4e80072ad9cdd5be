// Applies what a desktop did, in the order in which it was done there, each thing once: whoever asks again is told the
// same again. What a mutation does is the record service's; who may do it where is looked up anew for each push.
import type { UserView } from '#shared/desktop/session-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { MutationId } from '#shared/domain/ids.ts';
import type { Mutation, Outgoing, Pushed } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { actorOf } from '../audit/actor.ts';
import type { OutcomeService } from '../dial-up/outcome-service.ts';
import { type HubLog, kindOfError } from '../hub-log.ts';
import type { RecordService } from '../records/record-service.ts';
import { GatheredOutcomes } from './gathered-outcomes.ts';
import type { PullService, Sees } from './pull-service.ts';
import type { Answered, Applying, KeptOutcome, PushedByOne, Pusher, PushStore } from './push-store.ts';
import { stampChange } from './sync-stamp-store.ts';

/** In one transaction: enough that the disk is not asked for each, few enough that nobody waits long for the database. */
const atOnce = 25;
/** So many notes in a row are applied together: fewer are done as soon one by one. */
const worthTogether = 8;

type NoteToAdd = PushedByOne & { readonly mutation: Extract<Mutation, { kind: 'note.add' }> };
type Outcomes = Pick<OutcomeService, 'apply' | 'applyAll' | 'committed'>;

export interface PushParts {
  readonly store: PushStore;
  readonly records: RecordService;
  readonly outcomes: Outcomes;
  readonly scopes: Pick<PullService, 'seesOf'>;
  readonly log: Pick<HubLog, 'warn'>;
}

export class PushService {
  readonly #parts: PushParts;
  readonly #gathered: GatheredOutcomes;

  constructor(parts: PushParts) {
    this.#parts = parts;
    this.#gathered = new GatheredOutcomes(parts);
  }

  /** @returns what became of each, in the order of their sequence. Where it throws, some may be applied: ask again. */
  async push(user: UserView, deviceId: string, mutations: readonly Outgoing[]): Promise<Pushed[]> {
    const [only] = mutations;
    if (mutations.length === 1 && only?.mutation.kind === 'order.outcome') {
      const answered = await this.#gathered.push(user, deviceId, only, only.mutation);
      // None that came together was applied; by itself it is, or it is told why not.
      if (answered) return [await this.#told(answered)];
    }
    const sees = await this.#parts.scopes.seesOf(user.userId);
    const inOrder = [...mutations].sort((one, other) => one.sequence - other.sequence);
    const answers: Pushed[] = [];
    for (const some of inPieces(inOrder)) {
      const pusher = { userId: user.userId, deviceId };
      const answered =
        (await this.#notesTogether(user, pusher, some, sees)) ??
        (await this.#parts.store.apply(pusher, some, (db, { mutation }) =>
          this.#apply(db, user, mutation, sees),
        ));
      const ended = some.flatMap(({ mutation }) =>
        mutation.kind === 'order.outcome' ? [mutation.leaseId] : [],
      );
      if (ended.length > 0) this.#parts.outcomes.committed(ended);
      for (const each of answered) answers.push(await this.#told(each));
    }
    return answers;
  }

  /**
   * Notes one after the other, as a desktop brings that was offline: a few statements do for all of them.
   * @returns null where it is nothing but notes no more, or one of them cannot be applied: nothing of them is then.
   */
  async #notesTogether(
    user: UserView,
    pusher: Pusher,
    some: readonly Outgoing[],
    sees: Sees,
  ): Promise<Answered[] | null> {
    const all = new Map<MutationId, NoteToAdd>();
    for (const outgoing of some) {
      const { mutation } = outgoing;
      if (mutation.kind !== 'note.add' || some.length < worthTogether) return null;
      if (!all.has(outgoing.mutationId)) all.set(outgoing.mutationId, { pusher, outgoing, mutation });
    }
    try {
      const answered = await this.#parts.store.applyTogether([...all.values()], async (db, fresh) => {
        const notes = fresh.map(({ mutation: { note } }) => withWholeMs(note));
        const refusals = await this.#parts.records.addNotes(actorOf(user), notes, { within: db, sees });
        return refusals.map(
          (refused): KeptOutcome =>
            refused ? { outcome: 'refused', reason: refused.reason } : { outcome: 'applied' },
        );
      });
      const byId = new Map(answered.map((each) => [each.mutationId, each]));
      return some.flatMap(({ mutationId }) => byId.get(mutationId) ?? []);
    } catch (error) {
      // Whose fault it is, is found and told one by one.
      this.#parts.log.warn(
        'sync: notes are applied one by one, since together they were not',
        kindOfError(error),
      );
      return null;
    }
  }

  async #apply(db: Applying, user: UserView, mutation: Mutation, sees: Sees): Promise<KeptOutcome> {
    const actor = actorOf(user);
    const options = { within: db, sees };
    switch (mutation.kind) {
      case 'record.create':
        await this.#parts.records.create(actor, mutation.recordId, mutation.content, options);
        break;
      case 'record.change': {
        const { recordId, before, changes } = mutation;
        const result = await this.#parts.records.change(actor, recordId, { before, changes }, options);
        if ('conflict' in result) return { outcome: 'conflict', clashes: result.conflict, recordId };
        // Also where nothing was left to change: the desktop has counted it as a version, and is told how it really is.
        await stampChange(db, { entity: 'record', id: recordId, scope: result.applied.projectId });
        break;
      }
      case 'note.add': {
        await this.#parts.records.addNote(actor, withWholeMs(mutation.note), options);
        break;
      }
      case 'call.report': {
        const { call } = mutation;
        if (!sees(call.projectId)) {
          throw new CommandFailed('notAllowed', 'You do not belong to this project. Nothing was changed.');
        }
        const times = {
          startedAtMs: wholeMs(call.startedAtMs),
          answeredAtMs: call.answeredAtMs === null ? null : wholeMs(call.answeredAtMs),
          endedAtMs: wholeMs(call.endedAtMs),
        };
        await this.#parts.records.reportCall(actor, { ...call, ...times }, options);
        break;
      }
      case 'order.outcome':
        await this.#parts.outcomes.apply(db, {
          user,
          leaseId: mutation.leaseId,
          outcome: mutation.outcome,
          sees: () => Promise.resolve(sees),
        });
        break;
      default:
        assertNever(mutation);
    }
    return { outcome: 'applied' };
  }

  async #told({ mutationId, kept, at }: Answered): Promise<Pushed> {
    switch (kept.outcome) {
      case 'applied':
        return { outcome: 'applied', mutationId, at };
      case 'refused':
        return { outcome: 'refused', mutationId, at, reason: kept.reason };
      case 'conflict':
        try {
          const theirs = await this.#parts.records.get(kept.recordId);
          return { outcome: 'conflict', mutationId, at, clashes: [...kept.clashes], theirs };
        } catch (error) {
          // Erased since.
          if (!(error instanceof CommandFailed)) throw error;
          return { outcome: 'refused', mutationId, at, reason: error.reason };
        }
      default:
        return assertNever(kept);
    }
  }
}

/**
 * In their order, so that each piece is a transaction: many notes in a row for themselves, all else together with what
 * comes beside it.
 */
function inPieces(mutations: readonly Outgoing[]): Outgoing[][] {
  const runs: Outgoing[][] = [];
  for (const outgoing of mutations) {
    const run = runs.at(-1);
    if (outgoing.mutation.kind === 'note.add' && run?.[0]?.mutation.kind === 'note.add') run.push(outgoing);
    else runs.push([outgoing]);
  }
  const pieces: Outgoing[][] = [];
  let open: Outgoing[] | null = null;
  for (const run of runs) {
    if (run.length >= worthTogether) {
      pieces.push(run);
      open = null;
      continue;
    }
    for (const outgoing of run) {
      if (open === null || open.length === atOnce) {
        open = [];
        pieces.push(open);
      }
      open.push(outgoing);
    }
  }
  return pieces;
}

/** @throws CommandFailed 'malformed' */
function withWholeMs<Note extends { readonly writtenAtMs: number }>(note: Note): Note {
  return { ...note, writtenAtMs: wholeMs(note.writtenAtMs) };
}

/** Columns hold whole milliseconds. @throws CommandFailed 'malformed' */
function wholeMs(ms: number): number {
  const whole = Math.trunc(ms);
  if (Number.isSafeInteger(whole)) return whole;
  throw new CommandFailed('malformed', 'This is no time.');
}
