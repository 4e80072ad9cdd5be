// What must hold when everything has healed: each desk has exactly what the hub has in the scopes that it keeps; whatever
// was answered as being on disk is at the hub once, or shown to its author with a reason; nothing counts twice; what was
// erased is nowhere.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { MutationId, RecordId } from '#shared/domain/ids.ts';
import type { WholeRecord } from '#shared/domain/record.ts';
import type { Mutation, RecordNote, SyncedCall } from '#shared/hub/sync-contract.ts';
import type { HubDatabase } from '../../../src-hub/database/open-database.ts';
import { NoteStore } from '../../../src-hub/records/note-store.ts';
import { wholeRecords } from '../../../src-hub/records/record-rows.ts';
import { SyncedCallStore } from '../../../src-hub/records/synced-call-store.ts';
import type { SimDesk } from './sim-desk.ts';
import { memberName } from './sim-hub.ts';
import type { Deed, World } from './sim-world.ts';

interface AtHub {
  readonly records: ReadonlyMap<string, WholeRecord>;
  readonly notes: ReadonlyMap<string, RecordNote>;
  readonly calls: ReadonlyMap<string, SyncedCall>;
  readonly history: readonly Change[];
  readonly outcomes: ReadonlyMap<MutationId, { outcome: string; reason?: string }>;
}

interface Change {
  readonly recordId: RecordId;
  readonly what: string;
  readonly version: number;
  readonly changes: readonly { field: string; before: unknown; after: unknown }[];
}

/** @throws Error that says everything that does not hold. */
export async function check(world: World): Promise<void> {
  const wrong: string[] = world.faults.map((fault) => `A fault: ${fault}`);
  const hub = await readHub(world.hub.at.db);
  for (const desk of world.desks) wrong.push(...sameAsHub(world, hub, desk));
  for (const deed of world.deeds) wrong.push(...kept(world, hub, deed));
  wrong.push(...onceEach(hub), ...inOrder(await orders(world.hub.at.db)), ...erasedEverywhere(world, hub));
  if (wrong.length > 0) throw new Error([...new Set(wrong)].slice(0, 12).join('\n'));
}

async function readHub(db: HubDatabase): Promise<AtHub> {
  const rows = await db.selectFrom('record').selectAll().execute();
  const numbers = await db.selectFrom('record_number').selectAll().orderBy('position').execute();
  const noteIds = await db.selectFrom('note').select('id').execute();
  const callIds = await db.selectFrom('synced_call').select('call_id').execute();
  const notes = await new NoteStore(db).find(noteIds.map(({ id }) => id));
  const calls = await new SyncedCallStore(db).find(callIds.map((each) => each.call_id));
  const history = await db
    .selectFrom('record_change')
    .leftJoin('record_change_detail', 'change_id', 'record_change.id')
    .select(['record_id', 'what', 'version', 'changes'])
    .orderBy('record_change.id')
    .execute();
  const outcomes = await db.selectFrom('applied_mutation').select(['mutation_id', 'outcome']).execute();
  return {
    records: new Map(wholeRecords(rows, numbers).map((record) => [record.id, record])),
    notes: new Map(notes.map((note) => [note.id, note])),
    calls: new Map(calls.map((call) => [call.callId, call])),
    history: history.map((row) => ({
      recordId: row.record_id,
      what: row.what,
      version: row.version,
      changes: row.changes === null ? [] : (JSON.parse(row.changes) as Change['changes']),
    })),
    outcomes: new Map(outcomes.map((row) => [row.mutation_id, JSON.parse(row.outcome ?? '{"outcome":"?"}')])),
  };
}

/** Row by row, what belongs to the scopes that this desk keeps, and nothing else but what its user is still to look at. */
function sameAsHub(world: World, hub: AtHub, desk: SimDesk): string[] {
  const wrong: string[] = [];
  const { database, outbox, records, notes, syncedCalls } = desk.at;
  const scopes = desk.open.filter(
    (scope) => scope === null || world.members.has(memberName(desk.userId, scope)),
  );
  const isKept = ({ projectId }: Pick<WholeRecord, 'projectId'>) => scopes.includes(projectId);
  const say = (text: string) => void wrong.push(`${desk.name}: ${text}`);
  const open = outbox.store.open(10_000);
  for (const { mutationId, state } of open) {
    if (state !== 'refused') say(`${mutationId} is still ${state}`);
  }
  const looksAt = new Set(open.flatMap(({ recordId }) => recordId ?? []));

  const recordIds = database.sqlite.prepare<[], RecordId>('SELECT id FROM records').pluck().all();
  for (const id of recordIds) {
    const there = hub.records.get(id);
    const base = records.base(id);
    if (base === null && looksAt.has(id)) continue;
    if (!there) {
      const of = [...world.wire.sent].filter(([, { outgoing }]) => holds(outgoing.mutation, `"${id}"`));
      const said = of.map(([name, { outgoing }]) => {
        const outcome = JSON.stringify(hub.outcomes.get(name) ?? null);
        return `${outgoing.mutation.kind} ${outcome}, ${desk.at.outbox.store.find(name)?.state}`;
      });
      const erased = world.erased.has(id) ? ' (erased)' : '';
      say(
        `record ${id}${erased} is not at the hub; ${records.stateOf(id)}, base ${base?.version}: ${said.join('; ')}`,
      );
    } else if (!isKept(there) && !looksAt.has(id)) say(`record ${id} is of a scope that is not kept`);
    else if (isKept(there) && !isDeepStrictEqual(base, there))
      say(`record ${id} is ${JSON.stringify(base)}, at the hub ${JSON.stringify(there)}`);
    if (!looksAt.has(id) && !isDeepStrictEqual(records.shown(id), base))
      say(`record ${id} is shown otherwise than it is`);
    if (!looksAt.has(id) && records.stateOf(id) !== 'sent') say(`record ${id} is ${records.stateOf(id)}`);
  }
  const own = new Set<string>(recordIds);
  for (const [id, record] of hub.records) if (isKept(record) && !own.has(id)) say(`record ${id} is missing`);

  const noteIds = database.sqlite.prepare<[], RecordNote['id']>('SELECT id FROM notes').pluck().all();
  const refusedNotes = new Set(
    open.flatMap(({ mutation }) => (mutation.kind === 'note.add' ? mutation.note.id : [])),
  );
  for (const id of noteIds.filter((each) => !refusedNotes.has(each))) {
    const { state, ...note } = notes.find(id) ?? { state: null };
    if (state !== 'sent') say(`note ${id} is ${state}`);
    if (!isDeepStrictEqual(note, hub.notes.get(id)))
      say(`note ${id} is ${JSON.stringify(note)}, at the hub ${JSON.stringify(hub.notes.get(id))}`);
  }
  const ownNotes = new Set<string>(noteIds);
  for (const [id, note] of hub.notes) {
    const record = hub.records.get(note.recordId);
    if (record && isKept(record) && !ownNotes.has(id)) say(`note ${id} is missing`);
  }

  const callIds = database.sqlite
    .prepare<[], SyncedCall['callId']>('SELECT call_id FROM synced_calls')
    .pluck()
    .all();
  for (const id of callIds)
    if (!isDeepStrictEqual(syncedCalls.find(id), hub.calls.get(id))) say(`call ${id} is not as at the hub`);
  const ownCalls = new Set<string>(callIds);
  for (const [id, call] of hub.calls) if (isKept(call) && !ownCalls.has(id)) say(`call ${id} is missing`);

  const [{ integrity_check: whole } = { integrity_check: '' }] = database.sqlite.pragma(
    'integrity_check',
  ) as { integrity_check: string }[];
  if (whole !== 'ok') say(`its file is not whole: ${whole}`);
  return wrong;
}

/** What a person was told is on disk: it counts once, or they see why not. */
function kept(world: World, hub: AtHub, deed: Deed): string[] {
  const { desk, kind, word } = deed;
  if (kind === 'move') return [];
  const say = (text: string) => [`${desk.name}'s ${kind} ${word} of ${deed.recordId} ${text}`];
  const times = timesAtHub(hub, deed);
  if (deed.undone) return times === 0 ? [] : say('was undone and is at the hub');
  if (times > 1) return say(`counts ${times} times`);
  if (!deed.acknowledged || times === 1) return [];
  if (deed.recordId !== null && world.erased.has(deed.recordId) && kind !== 'call') return [];
  // What was corrected since counts no more by its word.
  const isLater = (other: Deed) => other.callId === deed.callId && other !== deed;
  if (kind === 'call' && world.deeds.slice(world.deeds.indexOf(deed)).some(isLater)) return [];
  const mutations = [...world.wire.sent].filter(([, { outgoing }]) => holds(outgoing.mutation, word));
  const outcomes = mutations.map(([mutationId]) => hub.outcomes.get(mutationId));
  const reasons = outcomes.map((outcome) =>
    outcome ? (outcome.reason ?? outcome.outcome) : 'not at the hub',
  );
  const person = personOf(deed);
  const isOfErased = person !== null && world.erased.has(person);
  // Of somebody erased it counts all the same, without a word of it.
  if (kind === 'call' && !(isOfErased && hub.calls.has(deed.callId ?? '')))
    return say(`is lost (${reasons.join(', ')})`);
  if (kind === 'call') return [];
  if (mutations.length === 0) return say('was never sent');
  const decided = mutations.some(([mutationId]) => world.givenUp.has(mutationId));
  if (decided) return [];
  const shown = mutations.some(([mutationId]) => {
    const there = desk.at.outbox.store.find(mutationId);
    return there !== null && there.state !== 'applied';
  });
  if (!shown) return say(`is lost (${reasons.join(', ')})`);
  // Refused: only where the user may have been put out of a project, or the record never came to be.
  const mayBeRefused =
    [...world.everLost].some((name) => name.startsWith(`${desk.userId} `)) ||
    !hub.records.has(deed.recordId ?? '');
  return mayBeRefused ? [] : say(`was refused (${reasons.join(', ')})`);
}

function timesAtHub(hub: AtHub, { kind, word, recordId, noteId, callId }: Deed): number {
  const history = hub.history.filter((change) => change.recordId === recordId);
  const became = (field: string) =>
    history.filter(({ changes }) =>
      changes.some((each) => {
        if (each.field !== field) return false;
        return JSON.stringify(each.after).includes(word) && !JSON.stringify(each.before).includes(word);
      }),
    ).length;
  switch (kind) {
    case 'create':
      return history.filter(({ what }) => what === 'create').length;
    case 'city':
      return became('city');
    case 'tag':
      return became('tags');
    case 'seat':
      return became('fields');
    case 'note':
      return [...hub.notes.values()].filter(({ text, id }) => text === word && id === noteId).length;
    case 'call':
      return [...hub.calls.values()].filter((call) => call.note === word && call.callId === callId).length;
    default:
      return 0;
  }
}

function holds(mutation: Mutation, word: string): boolean {
  return JSON.stringify(mutation).includes(word);
}

/** A record's versions are counted without gaps: none counts twice. */
function onceEach(hub: AtHub): string[] {
  return [...hub.records.values()].flatMap(({ id, version }) => {
    const versions = hub.history.filter((change) => change.recordId === id).map((change) => change.version);
    const expected = Array.from({ length: version }, (_, at) => at + 1);
    return isDeepStrictEqual(versions, expected)
      ? []
      : [`record ${id}: its versions are ${versions.join(' ')}`];
  });
}

interface Order {
  readonly device_id: string;
  readonly sequence: number;
  readonly seq: number | null;
}

async function orders(db: HubDatabase): Promise<Order[]> {
  return await db
    .selectFrom('applied_mutation')
    .select(['device_id', 'sequence', 'seq'])
    .orderBy('device_id')
    .orderBy('sequence')
    .execute();
}

function inOrder(all: readonly Order[]): string[] {
  return all.flatMap((each, at) => {
    const before = all[at - 1];
    if (before?.device_id !== each.device_id || (before.seq ?? 0) <= (each.seq ?? 0)) return [];
    return [`${each.device_id}: ${each.sequence} was applied before ${before.sequence}`];
  });
}

/** Whom it tells of; a call by its number, too. */
function personOf({ recordId, personId }: Deed): RecordId | null {
  return recordId ?? personId ?? null;
}

/** Not in rows, not in the bytes of a desk's files. */
function erasedEverywhere(world: World, hub: AtHub): string[] {
  const really = [...world.erased].filter((id) => !hub.records.has(id));
  const wrong = really.flatMap((id) =>
    [...hub.notes.values()].some((note) => note.recordId === id) ? [`notes of ${id} outlive it`] : [],
  );
  for (const deed of world.deeds) {
    const person = personOf(deed);
    const call = deed.callId === undefined ? undefined : hub.calls.get(deed.callId);
    if (call && person !== null && really.includes(person) && (call.number !== null || call.note !== ''))
      wrong.push(`the call ${deed.callId} still tells of the erased ${person}`);
  }
  if (really.length === 0) return wrong;
  for (const desk of world.desks) {
    const there = really.filter((id) => desk.at.records.shown(id) !== null);
    for (const id of there) {
      const isLookedAt = desk.at.outbox.store.ofRecord(id).length > 0;
      if (!isLookedAt) wrong.push(`${desk.name}: ${id} was erased and is there`);
    }
    const bytes = ['', '-wal']
      .map((part) => readFileSync(desk.file + part))
      .map((each) => each.toString('latin1'));
    for (const deed of world.deeds) {
      const person = personOf(deed);
      if (person === null || !really.includes(person)) continue;
      for (const text of [deed.word, deed.number ?? deed.word]) {
        if (bytes.some((each) => each.includes(text)))
          wrong.push(`${desk.name}: of the erased ${person}, ${text} (${deed.kind}) is in its files`);
      }
    }
  }
  return wrong;
}
