// Applies what a desktop did, in the order in which it was done there, each thing once: whoever asks again is told the
// same again. What a mutation does is the record service's; who may do it where is looked up anew for each push.
import type { UserView } from '#shared/desktop/session-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { Mutation, Outgoing, Pushed } from '#shared/hub/sync-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { actorOf } from '../audit/actor.ts';
import type { OutcomeService } from '../dial-up/outcome-service.ts';
import type { RecordService } from '../records/record-service.ts';
import { GatheredOutcomes } from './gathered-outcomes.ts';
import type { PullService, Sees } from './pull-service.ts';
import type { Answered, Applying, KeptOutcome, PushStore } from './push-store.ts';
import { stampChange } from './sync-stamp-store.ts';

/** In one transaction: enough that the disk is not asked for each, few enough that nobody waits long for the database. */
const atOnce = 25;

type Outcomes = Pick<OutcomeService, 'apply' | 'applyAll' | 'committed'>;

export class PushService {
  readonly #store: PushStore;
  readonly #records: RecordService;
  readonly #outcomes: Outcomes;
  readonly #scopes: Pick<PullService, 'seesOf'>;
  readonly #gathered: GatheredOutcomes;

  constructor(
    store: PushStore,
    records: RecordService,
    outcomes: Outcomes,
    scopes: Pick<PullService, 'seesOf'>,
  ) {
    this.#store = store;
    this.#records = records;
    this.#outcomes = outcomes;
    this.#scopes = scopes;
    this.#gathered = new GatheredOutcomes(store, outcomes, scopes);
  }

  /** @returns what became of each, in the order of their sequence. Where it throws, some may be applied: ask again. */
  async push(user: UserView, deviceId: string, mutations: readonly Outgoing[]): Promise<Pushed[]> {
    const [only] = mutations;
    if (mutations.length === 1 && only?.mutation.kind === 'order.outcome') {
      const answered = await this.#gathered.push(user, deviceId, only, only.mutation);
      // None that came together was applied; by itself it is, or it is told why not.
      if (answered) return [await this.#told(answered)];
    }
    const sees = await this.#scopes.seesOf(user.userId);
    const inOrder = [...mutations].sort((one, other) => one.sequence - other.sequence);
    const answers: Pushed[] = [];
    for (let from = 0; from < inOrder.length; from += atOnce) {
      const some = inOrder.slice(from, from + atOnce);
      const answered = await this.#store.apply({ userId: user.userId, deviceId }, some, (db, { mutation }) =>
        this.#apply(db, user, mutation, sees),
      );
      const ended = some.flatMap(({ mutation }) =>
        mutation.kind === 'order.outcome' ? [mutation.leaseId] : [],
      );
      if (ended.length > 0) this.#outcomes.committed(ended);
      for (const each of answered) answers.push(await this.#told(each));
    }
    return answers;
  }

  async #apply(db: Applying, user: UserView, mutation: Mutation, sees: Sees): Promise<KeptOutcome> {
    const actor = actorOf(user);
    const options = { within: db, sees };
    switch (mutation.kind) {
      case 'record.create':
        await this.#records.create(actor, mutation.recordId, mutation.content, options);
        break;
      case 'record.change': {
        const { recordId, before, changes } = mutation;
        const result = await this.#records.change(actor, recordId, { before, changes }, options);
        if ('conflict' in result) return { outcome: 'conflict', clashes: result.conflict, recordId };
        // Also where nothing was left to change: the desktop has counted it as a version, and is told how it really is.
        await stampChange(db, { entity: 'record', id: recordId, scope: result.applied.projectId });
        break;
      }
      case 'note.add': {
        const { note } = mutation;
        await this.#records.addNote(actor, { ...note, writtenAtMs: wholeMs(note.writtenAtMs) }, options);
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
        await this.#records.reportCall(actor, { ...call, ...times }, options);
        break;
      }
      case 'order.outcome':
        await this.#outcomes.apply(db, {
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
          const theirs = await this.#records.get(kept.recordId);
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

/** Columns hold whole milliseconds. @throws CommandFailed 'malformed' */
function wholeMs(ms: number): number {
  const whole = Math.trunc(ms);
  if (Number.isSafeInteger(whole)) return whole;
  throw new CommandFailed('malformed', 'This is no time.');
}
