// Three desks, a hub and what happens to them: one schedule from a fresh world to the end, where everything has healed and
// sim-checks.ts looks at what is left. The same schedule plays the same on SQLite.
// Over 400 lines: every step that a schedule may take is here, and each is short.
import { mkdirSync, rmSync } from 'node:fs';
import { assertNever } from '#shared/domain/assert-never.ts';
import {
  type CallId,
  callId,
  type MutationId,
  type NoteId,
  noteId,
  type RecordId,
  recordId,
} from '#shared/domain/ids.ts';
import type { RecordChanges, WholeRecord } from '#shared/domain/record.ts';
import { emptyRecordContent } from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Actor } from '../../../src-hub/audit/audit-store.ts';
import { chanceOf, SimClock } from './sim-clock.ts';
import { SimDesk } from './sim-desk.ts';
import {
  type HubGround,
  Killed,
  memberName,
  membersOf,
  projectIds,
  SimHub,
  setMember,
  userNames,
} from './sim-hub.ts';
import type { Schedule, Step } from './sim-steps.ts';
import { SimWire } from './sim-wire.ts';

/** What a person did, with the word by which it is found again. */
export interface Deed {
  readonly desk: SimDesk;
  readonly kind: 'create' | 'city' | 'tag' | 'seat' | 'move' | 'note' | 'call';
  readonly recordId: RecordId | null;
  readonly word: string;
  /** Answered as being on disk; otherwise it may be there or not. */
  acknowledged: boolean;
  undone: boolean;
  readonly noteId?: NoteId;
  readonly callId?: CallId;
  /** Of a call: whose number it came from, though it may not name the record. */
  readonly personId?: RecordId | null;
  readonly number?: string | null;
}

export interface World {
  readonly desks: readonly SimDesk[];
  readonly hub: SimHub;
  readonly wire: SimWire;
  readonly clock: SimClock;
  readonly deeds: readonly Deed[];
  readonly erased: ReadonlySet<RecordId>;
  /** `user project` of each, at the end. */
  readonly members: ReadonlySet<string>;
  /** As `members`, of whoever was put out of a project at any time. */
  readonly everLost: ReadonlySet<string>;
  /** What was decided against: theirs was taken, or a refusal put away. */
  readonly givenUp: ReadonlySet<MutationId>;
  readonly faults: readonly string[];
  readonly folder: string;
}

const undoWithinMs = 10_000;
const admin: Actor = { kind: 'user', id: 'cora', name: 'cora of the simulation' };

/**
 * One after the other in one world, whose files and lives go on; after each, all has healed and is checked.
 * @throws whatever does not hold, once nothing runs any more
 */
export async function play(
  schedules: readonly Schedule[],
  ground: HubGround,
  deskTemplate: string,
  folder: string,
  check: (world: World, schedule: Schedule) => Promise<void>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const running = new RunningWorld(ground, deskTemplate, folder);
  try {
    for (const schedule of schedules) {
      await running.begin(schedule);
      for (const step of schedule.steps) await running.step(step);
      await running.heal();
      await check(running, schedule);
    }
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class RunningWorld implements World {
  readonly desks: SimDesk[];
  readonly hub: SimHub;
  readonly wire: SimWire;
  readonly clock = new SimClock();
  deeds: Deed[] = [];
  readonly erased = new Set<RecordId>();
  readonly everLost = new Set<string>();
  readonly givenUp = new Set<MutationId>();
  readonly faults: string[] = [];
  readonly folder: string;
  #chance = chanceOf(0);
  members: ReadonlySet<string> = new Set();
  readonly #undoable: { desk: SimDesk; callId: CallId; untilMs: number; deeds: Deed[] }[] = [];
  /** Records that were made. */
  readonly #known = new Set<RecordId>();
  #words = 0;

  constructor(ground: HubGround, template: string, folder: string) {
    this.folder = folder;
    const chance = () => this.#chance();
    const fault = (message: string) => void this.faults.push(message);
    this.hub = new SimHub(ground, folder, this.clock);
    this.wire = new SimWire(this.hub, this.clock, chance, fault);
    this.hub.died = () => {
      for (const desk of this.desks) this.wire.cut(desk);
    };
    this.desks = userNames.map(
      (name) =>
        new SimDesk(
          {
            name,
            folder,
            template,
            clock: this.clock,
            chance,
            hubFor: (desk) => this.wire.hubFor(desk),
            fault,
          },
          projectIds,
        ),
    );
  }

  /** Everybody is in both projects, connected, with nothing left to look at. */
  async begin({ seed }: Schedule): Promise<void> {
    this.#chance = chanceOf(seed);
    this.deeds = [];
    this.#undoable.length = 0;
    this.everLost.clear();
    this.givenUp.clear();
    this.wire.sent.clear();
    await this.hub.start();
    this.members = await membersOf(this.hub.at.db);
    for (const desk of this.desks) {
      for (const project of projectIds) {
        if (!this.members.has(memberName(desk.userId, project)))
          await setMember(this.hub.at.db, project, desk.userId, true);
      }
      await desk.start();
      for (const { mutationId } of desk.at.outbox.store.open(1_000)) desk.at.sync.people.putAway(mutationId);
      desk.open = [null, ...projectIds];
      desk.tellSituation();
      this.wire.connect(desk);
    }
    this.members = await membersOf(this.hub.at.db);
    await this.clock.pass(100);
  }

  async step(step: Step): Promise<void> {
    const desk = this.desks[step.who % this.desks.length] as SimDesk;
    try {
      await this.#do(step, desk);
    } catch (error) {
      // Refused: nothing was done. Killed: it may have been.
      if (!(error instanceof CommandFailed || error instanceof Killed)) throw error;
    }
    await this.clock.pass(step.waitMs);
  }

  /** All are up, connected and have the right time; until nothing more is to be done. */
  async heal(): Promise<void> {
    this.wire.heal();
    for (const desk of this.desks) {
      desk.killAfter(Number.POSITIVE_INFINITY);
      desk.skewMs = 0;
    }
    this.hub.killAfter(Number.POSITIVE_INFINITY);
    await this.hub.start();
    this.members = await membersOf(this.hub.at.db);
    for (const desk of this.desks) {
      await desk.start();
      this.#connect(desk);
      this.#tellOpen(desk);
    }
    await this.#settle();
    // A decision may meet another: that is decided in turn.
    for (let round = 0; round < 10; round += 1) {
      const open = this.desks.flatMap((desk) =>
        desk.at.outbox.store.open(1_000).map((kept) => ({ desk, kept })),
      );
      const conflicts = open.filter(({ kept }) => kept.state === 'conflict');
      if (conflicts.length === 0) return;
      for (const { desk, kept } of conflicts) this.#resolve(desk, kept.mutationId);
      await this.#settle();
    }
    throw new Error('Conflicts without end.');
  }

  async close(): Promise<void> {
    for (const desk of this.desks) desk.kill();
    this.hub.kill();
    await this.clock.quiet();
    for (const desk of this.desks) await desk.close();
    await this.hub.close();
  }

  async #settle(): Promise<void> {
    // Beyond the undo of what was saved last, the removal of what was closed, and answers that never come. News that were
    // lost are not waited for: somebody asks.
    await this.clock.pass(46_000);
    for (const desk of this.desks) desk.at.sync.service.now();
    for (let round = 0; ; round += 1) {
      const requests = this.wire.requests;
      await this.clock.pass(2_000);
      const waiting = this.desks.filter((desk) => desk.at.sync.service.view().waiting > 0);
      if (waiting.length === 0 && this.wire.requests === requests) return;
      if (round > 200) {
        const views = this.desks.map(
          (desk) => `${desk.name}: ${JSON.stringify(desk.at.sync.service.view())}`,
        );
        throw new Error(`It never settles. ${[...new Set(this.faults), ...views].join('\n')}`);
      }
    }
  }

  #do(step: Step, desk: SimDesk): Promise<unknown> | undefined {
    switch (step.what) {
      case 'create':
        this.#create(desk, step.which);
        return;
      case 'changeCity':
        this.#change(desk, step.which, 'city', (record, word) => ({
          before: { city: record.city },
          changes: { city: word },
        }));
        return;
      case 'addTag':
        this.#change(desk, step.which, 'tag', (record, word) => ({
          before: { tags: record.tags },
          changes: { tags: [...record.tags.slice(-3), word] },
        }));
        return;
      case 'changeSeat':
        this.#change(desk, step.which, 'seat', ({ fields }, word) => {
          const before: RecordChanges = { fields: fields.seat === undefined ? {} : { seat: fields.seat } };
          return { before, changes: { fields: { seat: word } } };
        });
        return;
      case 'changeNothing':
        this.#change(desk, step.which, 'move', ({ city }) => ({ before: { city }, changes: { city } }));
        return;
      case 'move':
        this.#change(desk, step.which, 'move', ({ projectId }) => ({
          before: { projectId },
          changes: { projectId: this.#scope(step.which) },
        }));
        return;
      case 'note':
        this.#note(desk, step.which);
        return;
      case 'call':
        this.#call(desk, step.which);
        return;
      case 'save':
        this.#save(desk, step.which);
        return;
      case 'undo':
        this.#undo(desk);
        return;
      case 'decide':
        this.#decide(desk, step.which);
        return;
      case 'syncNow':
        desk.at.sync.service.now();
        return;
      case 'open':
      case 'close':
        this.#openOrClose(desk, step.what, step.which);
        return;
      case 'loseProject':
        return this.#setMember(desk, step.which, false);
      case 'joinProject':
        return this.#setMember(desk, step.which, true);
      case 'hubChange':
        return this.#hubChange(step.which);
      case 'erase':
        return this.#erase(step.which);
      case 'cut':
        this.wire.cut(desk);
        return;
      case 'connect':
        this.#connect(desk);
        return;
      case 'answerLost':
      case 'twice':
      case 'slow':
      case 'away':
      case 'refused':
        this.wire.spoil(desk, step.what);
        return;
      case 'killDesk':
        if (desk.isUp) desk.killAfter(step.which % 12);
        return;
      case 'startDesk':
        return this.#startDesk(desk);
      case 'killHub':
        if (this.hub.isUp) this.hub.killAfter(step.which % 25);
        return;
      case 'startHub':
        return this.#startHub();
      case 'wrongClock':
        desk.skewMs = [0, 3_600_000, -3_600_000][step.which % 3] ?? 0;
        return;
      default:
        return assertNever(step.what);
    }
  }

  async #startDesk(desk: SimDesk): Promise<void> {
    desk.kill();
    await this.clock.quiet();
    await desk.start();
    this.#connect(desk);
  }

  async #startHub(): Promise<void> {
    await this.hub.start();
    for (const desk of this.desks) this.#connect(desk);
  }

  #connect(desk: SimDesk): void {
    this.wire.connect(desk);
    // The session says soon what is open; syncing may begin before.
    this.clock.after(this.#chance() * 60, () => this.#tellOpen(desk));
  }

  #tellOpen(desk: SimDesk): void {
    if (!desk.online) return;
    desk.open = desk.open.filter(
      (scope) => scope === null || this.members.has(memberName(desk.userId, scope)),
    );
    desk.tellSituation();
  }

  #word(): string {
    this.#words += 1;
    return `word${String(this.#words).padStart(4, '0')}x`;
  }

  #scope(which: number): (typeof projectIds)[number] | null {
    return [null, ...projectIds][which % 3] ?? null;
  }

  #shown(desk: SimDesk, which: number): WholeRecord | null {
    const shown = [...this.#known].slice(-12).flatMap((id) => desk.at.records.shown(id) ?? []);
    return shown[which % Math.max(1, shown.length)] ?? null;
  }

  /** In one go, as main does it: what throws was not acknowledged. */
  #deed(deed: Omit<Deed, 'acknowledged' | 'undone'>, work: () => void): Deed {
    const kept = { ...deed, acknowledged: false, undone: false };
    this.deeds.push(kept);
    if (kept.kind === 'create' && kept.recordId) this.#known.add(kept.recordId);
    work();
    kept.acknowledged = true;
    return kept;
  }

  #create(desk: SimDesk, which: number): void {
    const word = this.#word();
    const id = recordId.parse(`${desk.name}-${desk.made + 1}`);
    const content = {
      ...{ ...emptyRecordContent, lastName: word, projectId: this.#scope(which), tags: ['first'] },
      numbers: [{ number: numberOf(word), extension: '', label: 'main' as const }],
    };
    this.#deed({ desk, kind: 'create', recordId: id, word }, () => void desk.at.service.create(content));
  }

  #change(
    desk: SimDesk,
    which: number,
    kind: Deed['kind'],
    made: (record: WholeRecord, word: string) => { before: RecordChanges; changes: RecordChanges },
  ): void {
    const record = this.#shown(desk, which);
    if (!record) return;
    const word = this.#word();
    this.#deed({ desk, kind, recordId: record.id, word }, () => {
      desk.at.service.change(record.id, made(record, word));
    });
  }

  #note(desk: SimDesk, which: number): void {
    const record = this.#shown(desk, which);
    if (!record) return;
    const word = this.#word();
    const name = noteId.parse(`${desk.name}-${desk.made + 1}`);
    this.#deed({ desk, kind: 'note', recordId: record.id, word, noteId: name }, () => {
      desk.at.service.addNote(record.id, word);
    });
  }

  /** Over, and reported; or corrected, which is reported anew. */
  #call(desk: SimDesk, which: number): void {
    const own = this.deeds.filter((deed) => deed.kind === 'call' && deed.desk === desk && !deed.undone);
    const corrected = which % 3 === 0 ? own[which % Math.max(1, own.length)] : undefined;
    const record = corrected ? null : this.#shown(desk, which);
    const word = this.#word();
    desk.made += 1;
    const id = corrected?.callId ?? callId.parse(`call-${desk.name}-${desk.made}`);
    // Some come from a number whose record the desk did not know when it rang.
    const isKnown = which % 5 !== 1;
    const about = corrected ? corrected.recordId : isKnown ? (record?.id ?? null) : null;
    const number = corrected ? (corrected.number ?? null) : (record?.numbers[0]?.number ?? null);
    const personId = corrected ? (corrected.personId ?? null) : number && record ? record.id : null;
    const deed = { desk, kind: 'call', recordId: about, word, callId: id, personId, number } as const;
    this.#deed(deed, () =>
      desk.at.records.transaction(() => void desk.at.outbox.add(this.#report(id, about, word, number))),
    );
  }

  #report(id: CallId, about: RecordId | null, word: string, number: string | null) {
    return {
      kind: 'call.report' as const,
      call: {
        callId: id,
        sipCallId: null,
        direction: 'inbound' as const,
        number,
        redirectedFrom: null,
        // Always the same: a call stays in the project that it came for.
        projectId: null,
        recordId: about,
        customerId: null,
        subject: '',
        startedAtMs: 1_000,
        answeredAtMs: 2_000,
        endedAtMs: 3_000,
        outcome: 'accepted' as const,
        missedReason: null,
        note: word,
        dispositionId: null,
        dispositionLabel: null,
        orderOutcome: null,
        finished: true,
        corrections: [],
      },
    };
  }

  /** As Save does at a call's end: the record, a note and the call, which can be undone for a while. */
  #save(desk: SimDesk, which: number): void {
    desk.made += 1;
    const id = callId.parse(`call-${desk.name}-${desk.made}`);
    const nowMs = desk.at.sync.service && this.clock.nowMs() + desk.skewMs;
    const options = { undoUntilMs: nowMs + undoWithinMs, callId: id };
    const record = this.#shown(desk, which);
    const [word, cityWord] = [this.#word(), this.#word()];
    const about = record?.id ?? recordId.parse(`${desk.name}-saved-${desk.made}`);
    const number = record ? (record.numbers[0]?.number ?? null) : numberOf(word);
    const kept: Deed[] = [
      {
        ...{ desk, kind: 'call', recordId: about, word, callId: id, personId: about, number },
        ...{ acknowledged: false, undone: false },
      },
      {
        ...{ desk, kind: record ? 'city' : 'create', recordId: about, word: cityWord },
        ...{ acknowledged: false, undone: false },
      },
    ];
    this.deeds.push(...kept);
    if (!record) this.#known.add(about);
    const { records, writing, outbox } = desk.at;
    records.transaction(() => {
      if (record) {
        writing.change(about, { before: { city: record.city }, changes: { city: cityWord } }, options);
      } else {
        const numbers = [{ number: numberOf(word), extension: '', label: 'main' as const }];
        const content = { ...emptyRecordContent, lastName: cityWord, projectId: this.#scope(which), numbers };
        writing.create(about, content, options);
      }
      outbox.add(this.#report(id, about, word, number), options);
    });
    for (const deed of kept) deed.acknowledged = true;
    this.#undoable.push({ desk, callId: id, untilMs: nowMs + undoWithinMs, deeds: kept });
  }

  #undo(desk: SimDesk): void {
    const last = this.#undoable.findLast((each) => each.desk === desk);
    if (!last || this.clock.nowMs() + desk.skewMs >= last.untilMs) return;
    const { records, outbox } = desk.at;
    // Whether a kill came before or after it is not known.
    for (const deed of last.deeds) deed.acknowledged = false;
    try {
      records.transaction(() => void outbox.takeBack(last.callId));
    } catch (error) {
      // Too late: it stands as it was saved.
      if (error instanceof CommandFailed) for (const deed of last.deeds) deed.acknowledged = true;
      throw error;
    }
    for (const deed of last.deeds) deed.undone = true;
    this.#undoable.splice(this.#undoable.indexOf(last), 1);
  }

  #decide(desk: SimDesk, which: number): void {
    const open = desk.at.outbox.store.open(1_000).filter(({ state }) => state !== 'waiting');
    const kept = open[which % Math.max(1, open.length)];
    if (!kept) return;
    if (kept.state === 'conflict') {
      this.#resolve(desk, kept.mutationId);
      return;
    }
    this.givenUp.add(kept.mutationId);
    desk.at.sync.people.putAway(kept.mutationId);
  }

  #resolve(desk: SimDesk, mutationId: MutationId): void {
    const conflict = desk.at.sync.people.conflicts().find((each) => each.mutationId === mutationId);
    if (!conflict) return;
    const choices = Object.fromEntries(
      conflict.clashes.map((key) => [key, this.#chance() < 0.5 ? ('mine' as const) : ('theirs' as const)]),
    );
    this.givenUp.add(mutationId);
    desk.at.sync.people.resolve(mutationId, choices);
  }

  #openOrClose(desk: SimDesk, what: 'open' | 'close', which: number): void {
    const project = projectIds[which % projectIds.length];
    if (!project || (what === 'open' && !this.members.has(memberName(desk.userId, project)))) return;
    const rest = desk.open.filter((scope) => scope !== project);
    desk.open = what === 'open' ? [...rest, project] : rest;
    desk.tellSituation();
  }

  async #setMember(desk: SimDesk, which: number, isMember: boolean): Promise<void> {
    const project = projectIds[which % projectIds.length];
    if (!project) return;
    const name = memberName(desk.userId, project);
    if (!isMember) this.everLost.add(name);
    await this.#atHub(() => setMember(this.hub.at.db, project, desk.userId, isMember));
    await this.#atHub(async () => {
      this.members = await membersOf(this.hub.at.db);
    });
    if (!desk.online) return;
    if (this.members.has(name) && isMember) this.#openOrClose(desk, 'open', which);
    // The session hears of it some time; until then the hub refuses.
    else this.clock.after(this.#chance() * 3_000, () => this.#tellOpen(desk));
  }

  /** By REST or an administrator: any record that the hub has. */
  async #hubChange(which: number): Promise<void> {
    const id = await this.#atTheHub(which);
    if (id === null) return;
    await this.#atHub(async () => {
      const { records } = this.hub.at;
      const { city, projectId } = await records.get(id);
      const moves = which % 4 === 0;
      const made = moves
        ? { before: { projectId }, changes: { projectId: this.#scope(which) } }
        : { before: { city }, changes: { city: this.#word() } };
      await records.change(admin, id, made);
    });
  }

  async #erase(which: number): Promise<void> {
    const id = await this.#atTheHub(which);
    if (id === null) return;
    this.erased.add(id);
    await this.#atHub(() => this.hub.at.records.erase(admin, id));
  }

  async #atTheHub(which: number): Promise<RecordId | null> {
    let ids: RecordId[] = [];
    await this.#atHub(async () => {
      const rows = await this.hub.at.db.selectFrom('record').select('id').orderBy('id').execute();
      ids = rows.map(({ id }) => id);
    });
    return ids[which % Math.max(1, ids.length)] ?? null;
  }

  async #atHub(work: () => Promise<unknown>): Promise<void> {
    const done = work().then(
      () => undefined,
      (error: unknown) => {
        const isExpected = error instanceof Killed || error instanceof CommandFailed;
        if (!isExpected && this.hub.isUp) this.faults.push(`at the hub: ${String(error)}`);
      },
    );
    this.clock.works(done);
    await this.clock.quiet();
    this.wire.tellNews(this.desks);
  }
}

/** Of a record made with this word; nobody else's. */
function numberOf(word: string): string {
  return `+4420${word.replace(/\D/g, '').padStart(8, '7')}`;
}
