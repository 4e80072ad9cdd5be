// A desktop's main and a hub that are killed (SIGKILL) at random moments, also while they start, and started again on what
// is on their disks, while somebody writes notes, makes and changes records, and saves calls: whether anything that was
// acknowledged as saved is missing here or there afterwards, or is there twice. Longer than most: it is one story.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordPage } from '#shared/desktop/records-contract.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId, DispositionId, RecordId } from '#shared/domain/ids.ts';
import { emptyRecordContent } from '#shared/domain/record.ts';
import { type Client, connect } from '#shared/wire/connect.ts';
import { eventually } from '../tests/support/eventually.ts';
import { type Metric, metric } from './benchmark.ts';
import { type BenchOptions, chosen, number } from './support/bench-options.ts';
import { deskContract, processPort, quiet } from './support/desk-wire.ts';
import { progress, tellLoad } from './support/progress.ts';

export const description =
  '500 kills of a desktop’s main and a hub while somebody writes: nothing lost, nothing twice';

export const options = {
  kills: number('kills in all', 500),
  minutes: number('minutes in which as many kills as fit are made', 60),
  stands: number('desktops with a hub each, at the same time', 3),
  seed: number('others are killed, at other moments', 1),
} satisfies BenchOptions;

const { kills, minutes, seed, ...given } = chosen(options);
const stands = Math.min(given.stands, kills);
const root = path.resolve(import.meta.dirname, '..');
const node = path.join(root, 'node_modules', '.bin', 'node');
/** What is loaded five hundred times is compiled once. */
const environment = { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'offhook-kill-compiled') };
// A busy machine is waited for; one that never comes back fails.
const startWithinMs = 90_000;
const settleWithinMs = 120_000;
/** From the start of what is killed, or from when both work. */
const killWithinMs = 700;
const recordsChanged = 30;

interface Killed {
  desk: number;
  hub: number;
  /** Of these, while something was still starting. */
  starting: number;
}

type Desk = Client<typeof deskContract>;

/** One write of somebody's. `acknowledged`: the desktop said that it is saved. */
interface Write {
  readonly kind: 'note' | 'change' | 'record' | 'draft' | 'save';
  /** Stands in what was written, and nowhere else. */
  readonly mark: string;
  recordId: RecordId | null;
  readonly callId: CallId | null;
  acknowledged: boolean;
}

interface Stand {
  readonly folder: string;
  readonly hubFolder: string;
  readonly random: () => number;
  readonly untilMs: number;
  readonly writes: Write[];
  readonly records: RecordId[];
  readonly warned: Map<string, number>;
  hubUrl: string;
  hub: ChildProcess | null;
  desk: { readonly child: ChildProcess; readonly client: Desk; working: boolean } | null;
  /** A call whose Save has not been acknowledged. */
  open: { readonly callId: CallId; readonly mark: string } | null;
  disposition: DispositionId | null;
  marks: number;
  over: boolean;
  lostHere: string[];
}

interface Outcome {
  readonly stand: Stand;
  readonly killed: Killed;
  readonly notOnDesk: readonly string[];
  readonly atHub: AtHub;
  readonly notApplied: number;
  readonly unsound: number;
}

export async function run(): Promise<readonly Metric[]> {
  const startedAtMs = Date.now();
  tellLoad('before');
  const shares = Array.from({ length: stands }, (_, index) => Math.floor((kills + index) / stands));
  const outcomes = await Promise.all(shares.map((share, index) => killOne(share, seed * 1_000 + index)));
  tellLoad('after');
  tell(outcomes, Date.now() - startedAtMs);
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, each) => all + of(each), 0);
  const none = { unit: 'writes', peer: null, peerName: null, target: 0 } as const;
  const many = { ...none, target: kills, better: 'more' } as const;
  return [
    metric({ ...many, name: 'SIGKILLs of main and of the hub', unit: 'kills', ours: sum(killsOf) }),
    metric({ ...many, name: 'acknowledged as saved', ours: sum(({ stand }) => acknowledged(stand).length) }),
    metric({ ...none, name: '– of these not on the desktop', ours: sum((each) => each.notOnDesk.length) }),
    metric({ ...none, name: '– of these not at the hub', ours: sum(({ atHub }) => atHub.lost.length) }),
    metric({ ...none, name: 'at the hub more than once', ours: sum(({ atHub }) => atHub.doubled.length) }),
    metric({ ...none, name: 'conflicts and refusals', ours: sum((each) => each.notApplied) }),
    metric({
      ...none,
      name: 'databases that are not sound',
      unit: 'files',
      ours: sum((each) => each.unsound),
    }),
  ];
}

const killsOf = ({ killed }: Outcome) => killed.desk + killed.hub;

/** One desktop and one hub of their own, killed that often; whatever is left of them is ended and removed. */
async function killOne(kills: number, seed: number): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offhook-kill-'));
  const stand: Stand = {
    folder,
    hubFolder: path.join(folder, 'hub'),
    random: randomFrom(seed),
    untilMs: Date.now() + minutes * 60_000,
    writes: [],
    records: [],
    warned: new Map(),
    hubUrl: '',
    hub: null,
    desk: null,
    open: null,
    disposition: null,
    marks: 0,
    over: false,
    lostHere: [],
  };
  try {
    await startHub(stand);
    startDesk(stand);
    await bothWork(stand);
    await seedRecords(stand);
    const writing = write(stand);
    // Looked at once the kills are over.
    writing.catch(() => undefined);
    const killed = await killAll(stand, kills);
    stand.over = true;
    await writing;
    await finishOpen(stand);
    await eventually('all is sent', () => nothingWaits(stand), settleWithinMs);
    const notOnDesk = [...stand.lostHere, ...(await lostOnDesk(stand, stand.writes))];
    const view = await stand.desk?.client.call('sync.get', null);
    const notApplied = (view?.conflicts ?? 1) + (view?.refused ?? 1);
    await stop(stand);
    const files = [path.join(folder, 'offhook.sqlite'), hubFile(stand)];
    const unsound = files.filter((file) => !isSound(file)).length;
    return { stand, killed, notOnDesk, atHub: judgeHub(stand), notApplied, unsound };
  } finally {
    stand.over = true;
    for (const child of [stand.desk?.child, stand.hub]) child?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

const hubFile = ({ hubFolder }: Stand) => path.join(hubFolder, 'hub.sqlite');

// --- the two processes

async function startHub(stand: Stand): Promise<void> {
  const child = spawn(node, ['out/hub/practice-hub.js', `--data-directory=${stand.hubFolder}`], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  stand.hub = child;
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const url = await eventually(
    'the hub listens, or is killed',
    () => /^ws:\S+$/m.exec(said)?.[0] ?? (hasEnded(child) ? 'killed' : undefined),
    startWithinMs,
  );
  if (url === 'killed') return;
  if (stand.hubUrl !== '' && url !== stand.hubUrl) throw new Error('The hub came back on another port.');
  stand.hubUrl = url;
  void stand.desk?.client.call('stand.retry', null).catch(() => undefined);
}

function startDesk(stand: Stand): void {
  const child = spawn(node, [path.join('bench', 'support', 'desk-main.ts'), stand.folder, stand.hubUrl], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const client = connect(deskContract, processPort(child), quiet);
  const desk = { child, client, working: false };
  client.on('stand.working', (working) => {
    desk.working = working;
  });
  client.on('stand.warned', (text) => {
    const message = text.split(' {')[0] ?? text;
    if (!stand.warned.has(message)) progress(`the desktop said: ${text.slice(0, 600)}`);
    stand.warned.set(message, (stand.warned.get(message) ?? 0) + 1);
  });
  stand.desk = desk;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function kill(child: ChildProcess | null | undefined): Promise<void> {
  if (!child || hasEnded(child)) throw new Error(`It ended by itself, with ${child?.exitCode}.`);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function bothWork(stand: Stand): Promise<void> {
  await eventually(
    'somebody is signed in and the hub is there',
    () => {
      if (stand.desk && hasEnded(stand.desk.child)) throw new Error('The desktop ended by itself.');
      return stand.desk?.working;
    },
    startWithinMs,
  );
}

async function stop(stand: Stand): Promise<void> {
  for (const child of [stand.desk?.child, stand.hub]) {
    if (!child || hasEnded(child)) continue;
    const ended = once(child, 'exit');
    if (child === stand.hub) child.kill('SIGTERM');
    else child.disconnect();
    await ended;
  }
}

async function killAll(stand: Stand, kills: number): Promise<Killed> {
  const killed: Killed = { desk: 0, hub: 0, starting: 0 };
  let starting = false;
  for (let count = 1; count <= kills && Date.now() < stand.untilMs; count++) {
    const who = stand.random() < 0.5 ? 'desk' : 'hub';
    if (!starting) await bothWork(stand);
    await pause(stand.random() * killWithinMs);
    if (starting) killed.starting += 1;
    killed[who] += 1;
    // After one in three nobody waits: it is killed again while it starts, or the other one is.
    starting = stand.random() < 1 / 3;
    if (who === 'desk') await killDesk(stand);
    else await killHub(stand, starting);
    if (count % 25 === 0) {
      progress(
        `${count} kills, ${acknowledged(stand).length} writes acknowledged, ${stand.lostHere.length} lost`,
      );
    }
  }
  await bothWork(stand);
  return killed;
}

async function killDesk(stand: Stand): Promise<void> {
  await kill(stand.desk?.child);
  startDesk(stand);
}

async function killHub(stand: Stand, starting: boolean): Promise<void> {
  await kill(stand.hub);
  const listening = startHub(stand);
  if (!starting) await listening;
  else listening.catch((error: unknown) => progress(`the hub: ${String(error)}`));
}

// --- who writes

function mark(stand: Stand): string {
  stand.marks += 1;
  return `mark-${stand.marks}-`;
}

async function seedRecords(stand: Stand): Promise<void> {
  const desk = stand.desk?.client;
  if (!desk) return;
  for (let index = 0; index < recordsChanged; index++) {
    const content = { ...emptyRecordContent, lastName: `Person ${index}` };
    const { record } = await desk.call('records.create', { content });
    stand.records.push(record.id);
  }
  const choices = await desk.call('stand.dispositions', null);
  stand.disposition = choices.find(({ noteRequired }) => !noteRequired)?.id ?? null;
}

/** One after the other, as fast as they are acknowledged, with a breath between; whatever the hub does. */
async function write(stand: Stand): Promise<void> {
  let checked = stand.desk;
  let life = 0;
  while (!stand.over) {
    const { desk } = stand;
    if (!desk?.working && (desk !== checked || hasEnded(desk?.child as ChildProcess))) {
      await pause(5);
      continue;
    }
    try {
      if (desk && desk !== checked) {
        // After each restart: what the life before had acknowledged is there.
        stand.lostHere.push(...(await lostOnDesk(stand, stand.writes.slice(life))));
        checked = desk;
        life = stand.writes.length;
        await finishOpen(stand);
      }
      if (desk) await writeOne(stand, desk.client);
    } catch (error) {
      // Killed in the middle: nothing was acknowledged.
      if (desk && !hasEnded(desk.child)) await endsSoon(desk.child, error);
    }
    await pause(stand.random() * 20);
  }
}

async function endsSoon(child: ChildProcess, error: unknown): Promise<void> {
  await eventually('the desktop was killed', () => hasEnded(child), 2_000).catch(() => {
    throw error;
  });
}

async function writeOne(stand: Stand, desk: Desk): Promise<void> {
  const recordId = stand.records[Math.floor(stand.random() * stand.records.length)];
  if (!recordId) throw new Error('There are no records.');
  const chance = stand.random();
  if (chance < 0.4) {
    const made = begin(stand, { kind: 'note', recordId, callId: null });
    await desk.call('notes.add', { recordId, text: made.mark });
    made.acknowledged = true;
  } else if (chance < 0.7) {
    const { record } = await desk.call('records.get', { recordId });
    const made = begin(stand, { kind: 'change', recordId, callId: null });
    await desk.call('records.change', {
      recordId,
      before: { description: record.description },
      changes: { description: made.mark },
    });
    made.acknowledged = true;
  } else if (chance < 0.85) {
    const made = begin(stand, { kind: 'record', recordId: null, callId: null });
    const content = { ...emptyRecordContent, lastName: made.mark };
    made.recordId = (await desk.call('records.create', { content })).record.id;
    made.acknowledged = true;
  } else await callFrom(stand, desk, recordId);
}

async function callFrom(stand: Stand, desk: Desk, recordId: RecordId): Promise<void> {
  const call = await desk.call('stand.talk', { number: '+442079460018' });
  // A wrap-up of the life before is still open, of a call that was never told here: nobody else is put through.
  if (!call) return;
  const { callId } = call;
  const draft = begin(stand, { kind: 'draft', recordId, callId });
  stand.open = { callId, mark: draft.mark };
  await desk.call('drafts.change', {
    callId,
    note: draft.mark,
    dispositionId: stand.disposition,
    form: { ...emptyFormDraft, contact: { choice: 'record', recordId } },
  });
  draft.acknowledged = true;
  await save(stand, desk, { callId, mark: draft.mark });
}

async function save(stand: Stand, desk: Desk, open: NonNullable<Stand['open']>): Promise<void> {
  const made: Write = {
    kind: 'save',
    mark: open.mark,
    recordId: null,
    callId: open.callId,
    acknowledged: false,
  };
  stand.writes.push(made);
  await desk.call('calls.finish', { callId: open.callId });
  made.acknowledged = true;
  stand.open = null;
}

/** After a restart somebody saves the call in whose wrap-up the desktop was killed, if its note had been kept. */
async function finishOpen(stand: Stand): Promise<void> {
  const { open, desk } = stand;
  if (!open || !desk) return;
  stand.open = null;
  const now = await desk.client.call('stand.call', { callId: open.callId });
  if (now.finished || now.note !== open.mark) return;
  stand.open = open;
  await save(stand, desk.client, open);
}

function begin(stand: Stand, part: Pick<Write, 'kind' | 'recordId' | 'callId'>): Write {
  const made: Write = { ...part, mark: mark(stand), acknowledged: false };
  stand.writes.push(made);
  return made;
}

// --- what is there

const acknowledged = ({ writes }: Stand) => writes.filter((each) => each.acknowledged);

async function nothingWaits({ desk }: Stand): Promise<boolean> {
  if (!desk) return false;
  const { waiting } = await desk.client.call('sync.get', null);
  return desk.working && waiting === 0;
}

/** Asked as windows ask. A change may have been followed by a later one. @returns what is missing, in words */
async function lostOnDesk({ desk, writes }: Stand, among: readonly Write[]): Promise<string[]> {
  if (!desk) throw new Error('There is no desktop.');
  const order = new Map(writes.map((each, index) => [each.mark, index]));
  const pages = new Map<RecordId, RecordPage | null>();
  const pageOf = async (recordId: RecordId) => {
    const page = pages.has(recordId)
      ? pages.get(recordId)
      : await desk.client.call('records.get', { recordId });
    pages.set(recordId, page ?? null);
    return page ?? null;
  };
  const isThere = async ({ kind, mark: text, recordId, callId }: Write) => {
    if (callId !== null) {
      const now = await desk.client.call('stand.call', { callId });
      return now.note === text && (kind === 'draft' || now.finished);
    }
    const page = recordId && (await pageOf(recordId));
    if (!page) return false;
    if (kind === 'record') return page.record.lastName === text;
    if (kind === 'note') return page.notes.filter((note) => note.text === text).length === 1;
    return (order.get(page.record.description) ?? -1) >= (order.get(text) ?? Number.POSITIVE_INFINITY);
  };
  const lost: string[] = [];
  for (const each of among.filter((made) => made.acknowledged)) {
    if (!(await isThere(each))) lost.push(`${each.kind} ${each.mark}`);
  }
  return lost;
}

interface AtHub {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/** The hub's own tables, after it has ended: what a person wrote stands in them once. */
function judgeHub(stand: Stand): AtHub {
  const { writes } = stand;
  const hub = new DatabaseSync(hubFile(stand), { readOnly: true });
  try {
    const texts = (query: string) =>
      hub
        .prepare(query)
        .all()
        .map(({ text }) => String(text));
    const found = {
      note: countsOf(texts('SELECT text FROM note')),
      record: countsOf(texts('SELECT last_name AS text FROM record')),
      draft: countsOf(texts('SELECT note AS text FROM synced_call')),
      save: countsOf(texts('SELECT note AS text FROM synced_call WHERE finished = 1')),
      // Each change that the hub made stands in the record's history, with what it came to.
      change: countsOf(texts('SELECT changes AS text FROM record_change_detail').flatMap(afterOf)),
    };
    const times = ({ kind, mark: text }: Write) => found[kind].get(text) ?? 0;
    const inWords = ({ kind, mark: text }: Write) => `${kind} ${text}`;
    return {
      lost: writes.filter((each) => each.acknowledged && times(each) === 0).map(inWords),
      doubled: writes.filter((each) => times(each) > 1).map(inWords),
    };
  } finally {
    hub.close();
  }
}

function afterOf(changes: string): string[] {
  return (JSON.parse(changes) as { after: unknown }[]).map(({ after }) => String(after));
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function isSound(file: string): boolean {
  const database = new DatabaseSync(file);
  try {
    const rows = database.prepare('PRAGMA integrity_check').all();
    return rows.length === 1 && rows[0]?.integrity_check === 'ok';
  } finally {
    database.close();
  }
}

function tell(outcomes: readonly Outcome[], tookMs: number): void {
  const stands = outcomes.map(({ stand }) => stand);
  const sum = (of: (killed: Killed) => number) => outcomes.reduce((all, { killed }) => all + of(killed), 0);
  const kinds = countsOf(stands.flatMap(acknowledged).map(({ kind }) => kind));
  const cutOff = stands.flatMap(({ writes }) => writes).filter((each) => !each.acknowledged);
  const missing = outcomes.flatMap(({ notOnDesk, atHub }) => [...notOnDesk, ...atHub.lost, ...atHub.doubled]);
  progress(
    [
      `${sum(({ desk }) => desk)} kills of main, ${sum(({ hub }) => hub)} of the hub;`,
      `${sum(({ starting }) => starting)} of them while something started; ${Math.round(tookMs / 1_000)} s`,
      `acknowledged: ${JSON.stringify(Object.fromEntries(kinds))}; cut off before: ${cutOff.length}`,
      `warnings logged: ${JSON.stringify(stands.map(({ warned }) => Object.fromEntries(warned)))}`,
      ...missing.slice(0, 20),
    ].join('\n'),
  );
}

/** Mulberry32. @returns 0 to 1 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
