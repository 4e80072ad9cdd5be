// Messages at the hub: kept whole, shown to those whose mailbox it is, marked heard for all of them.
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { UserView } from '#shared/desktop/session-contract.ts';
import { voicemailId } from '#shared/domain/ids.ts';
import { AccountStore } from '../../src-hub/accounts/account-store.ts';
import { UserDirectory } from '../../src-hub/accounts/user-directory.ts';
import type { MessageAbout } from '../../src-hub/media/media-ports.ts';
import { readOggOpus } from '../../src-hub/media/ogg/ogg-opus-reader.ts';
import { sampleUserId } from '../../src-hub/practice/sample-company.ts';
import { seedPractice } from '../../src-hub/practice/seed-practice.ts';
import { OpenProjectStore } from '../../src-hub/projects/open-project-store.ts';
import { ProjectService } from '../../src-hub/projects/project-service.ts';
import { ProjectStore } from '../../src-hub/projects/project-store.ts';
import { ErasedPeopleStore } from '../../src-hub/records/erased-people-store.ts';
import { MessagesInHand } from '../../src-hub/voicemail/messages-in-hand.ts';
import { VoicemailFiles } from '../../src-hub/voicemail/voicemail-files.ts';
import { VoicemailService, type VoicemailServiceParts } from '../../src-hub/voicemail/voicemail-service.ts';
import { VoicemailStore } from '../../src-hub/voicemail/voicemail-store.ts';
import type { KeptMessage } from '../support/media-ends.ts';
import { makeToneOpus } from '../support/tone.ts';
import { annActs, content, erasureSecret, number, recordsAtWork } from './records/records-at-work.ts';
import { KeptLog, openTestDatabase, temporaryFolder } from './support.ts';

const sound = new TextEncoder().encode('OggS, in spirit');

const message = (mailbox: string, leftAtMs = 1_000): KeptMessage => ({
  mailbox,
  callerNumber: '+442079460123',
  callerName: null,
  leftAtMs,
  durationMs: 4_200,
  oggOpus: sound,
});

const keep = (voicemail: VoicemailService, { durationMs, oggOpus, ...about }: KeptMessage) =>
  voicemail.begin(about).keep({ durationMs, oggOpus });

async function voicemailAtWork() {
  const folder = await temporaryFolder();
  const db = await openTestDatabase(folder);
  const stores = {
    accounts: new AccountStore(db),
    projects: new ProjectStore(db),
    openProjects: new OpenProjectStore(db),
  };
  await seedPractice(stores, {
    hash: async () => 'unused',
    verify: async () => false,
    isOutdated: () => false,
  });
  const users = new UserDirectory(stores.accounts);
  const projects = new ProjectService(stores.projects);
  await users.load();
  await projects.load();
  const files = new VoicemailFiles(join(folder, 'voicemail'));
  await files.prepare();
  const told: string[][] = [];
  const log = new KeptLog();
  const inHand = new MessagesInHand(join(folder, 'voicemail'), log);
  const parts: VoicemailServiceParts = {
    store: new VoicemailStore(db, new ErasedPeopleStore(erasureSecret)),
    files,
    inHand,
    users,
    projects,
    log,
    changed: (audience) => told.push(audience.map(({ username }) => username).sort()),
  };
  const voicemail = new VoicemailService(parts);
  const who = (username: string): UserView => {
    const user = users.byId(sampleUserId(username));
    if (!user) throw new Error(`no ${username}`);
    return user;
  };
  return { voicemail, parts, db, files, inHand, folder, told, log, who };
}

it('shows a project’s message to its members, and tells them', async () => {
  const { voicemail, who, told } = await voicemailAtWork();
  await keep(voicemail, message('project:northwind-support'));
  const [left] = await voicemail.list(who('clerk'));
  expect(left).toMatchObject({
    projectName: 'Northwind Support',
    callerNumber: '+442079460123',
    leftAtMs: 1_000,
    durationMs: 4_200,
    heard: false,
  });
  expect(told).toEqual([['admin', 'clerk', 'clerk2']]);
  expect(await voicemail.list(who('clerk2'))).toHaveLength(1);
  expect(await voicemail.list(who('superadmin'))).toEqual([]);
});

it('shows a user’s message to that user only', async () => {
  const { voicemail, who, told } = await voicemailAtWork();
  await keep(voicemail, message(`user:${sampleUserId('clerk')}`));
  const [left] = await voicemail.list(who('clerk'));
  if (!left) throw new Error('no message');
  expect(left.projectName).toBeNull();
  expect(told).toEqual([['clerk']]);
  expect(await voicemail.list(who('clerk2'))).toEqual([]);
  const refused = { reason: 'noSuchVoicemail' };
  await expect(voicemail.audio(who('clerk2'), left.voicemailId)).rejects.toMatchObject(refused);
  await expect(voicemail.markHeard(who('clerk2'), left.voicemailId, true)).rejects.toMatchObject(refused);
});

it('loses no message whose mailbox nobody knows: supervisors see it', async () => {
  const { voicemail, who, log } = await voicemailAtWork();
  for (const [at, mailbox] of ['', 'project:gone', 'user:gone', 'nonsense'].entries()) {
    await keep(voicemail, message(mailbox, at));
  }
  expect(await voicemail.list(who('admin'))).toHaveLength(4);
  expect(await voicemail.list(who('superadmin'))).toHaveLength(4);
  expect(await voicemail.list(who('clerk'))).toEqual([]);
  expect(log.lines.filter(({ message: line }) => line.includes('no known mailbox'))).toHaveLength(4);
});

it('gives back the sound as it was left, newest message first', async () => {
  const { voicemail, who, folder } = await voicemailAtWork();
  await keep(voicemail, message('project:northwind-support', 1_000));
  await keep(voicemail, {
    ...message('project:northwind-support', 2_000),
    oggOpus: new Uint8Array([1, 2, 3]),
  });
  const [newest, older] = await voicemail.list(who('clerk'));
  if (!newest || !older) throw new Error('two messages are needed');
  expect(newest.leftAtMs).toBe(2_000);
  expect([...(await voicemail.audio(who('clerk'), newest.voicemailId))]).toEqual([1, 2, 3]);
  expect([...(await voicemail.audio(who('clerk'), older.voicemailId))]).toEqual([...sound]);
  expect((await readdir(join(folder, 'voicemail'))).sort()).toEqual(
    [`${newest.voicemailId}.ogg`, `${older.voicemailId}.ogg`].sort(),
  );
});

it('marks a message heard for all who may hear it, and not heard again', async () => {
  const { voicemail, who, told } = await voicemailAtWork();
  await keep(voicemail, message('project:northwind-support'));
  const [left] = await voicemail.list(who('clerk'));
  if (!left) throw new Error('no message');
  const heardBy = async (username: string) => (await voicemail.list(who(username)))[0]?.heard;
  await voicemail.markHeard(who('clerk'), left.voicemailId, true);
  expect(await heardBy('clerk2')).toBe(true);
  await voicemail.markHeard(who('clerk2'), left.voicemailId, false);
  expect(await heardBy('clerk')).toBe(false);
  expect(told).toHaveLength(3);
});

it('says so where the sound is gone, and keeps the message', async () => {
  const { voicemail, who, folder } = await voicemailAtWork();
  await keep(voicemail, message('project:northwind-support'));
  const [left] = await voicemail.list(who('clerk'));
  if (!left) throw new Error('no message');
  await rm(join(folder, 'voicemail', `${left.voicemailId}.ogg`));
  await expect(voicemail.audio(who('clerk'), left.voicemailId)).rejects.toMatchObject({
    reason: 'audioMissing',
  });
  expect(await voicemail.list(who('clerk'))).toHaveLength(1);
});

it('removes what a crash left half written, and nothing else', async () => {
  const { files, folder } = await voicemailAtWork();
  const id = voicemailId.parse('whole');
  await files.write(id, sound);
  await writeFile(join(folder, 'voicemail', 'half.ogg.partial'), sound);
  await files.prepare();
  expect(await readdir(join(folder, 'voicemail'))).toEqual(['whole.ogg']);
  await expect(files.write(voicemailId.parse('../outside'), sound)).rejects.toThrow('no file name');
});

const about: MessageAbout = {
  mailbox: 'project:northwind-support',
  callerNumber: '+442079460123',
  callerName: null,
  leftAtMs: 1_000,
};

it('keeps what was said so far of a message that the hub died under, and shows it after the next start', async () => {
  const { voicemail, folder, files, inHand, who } = await voicemailAtWork();
  const said = makeToneOpus(440, 4);
  const { append } = voicemail.begin(about);
  append(said.subarray(0, 9_000));
  append(said.subarray(9_000, said.length - 500));
  // The hub dies here: neither kept nor dropped. What was handed over is written soon.
  const onDisk = async () => (await inHand.leftBehind())[0]?.oggOpus.length;
  await expect.poll(onDisk).toBe(said.length - 500);

  await files.prepare();
  await voicemail.rescue();
  const [left] = await voicemail.list(who('clerk'));
  if (!left) throw new Error('no message');
  expect(left).toMatchObject({ callerNumber: '+442079460123', leftAtMs: 1_000, heard: false });
  expect(left.durationMs).toBeGreaterThan(2_000);
  expect(left.durationMs).toBeLessThan(4_000);
  const sound = await voicemail.audio(who('clerk'), left.voicemailId);
  expect(readOggOpus(sound).durationMs).toBeCloseTo(left.durationMs, 0);
  expect(await readdir(join(folder, 'voicemail'))).toEqual([`${left.voicemailId}.ogg`]);
  await voicemail.rescue();
  expect(await voicemail.list(who('clerk'))).toHaveLength(1);
});

it('drops what is left of a message in which next to nothing was said, or whose writing was cut off', async () => {
  const { voicemail, folder, inHand, who } = await voicemailAtWork();
  voicemail.begin(about).append(makeToneOpus(440, 4).subarray(0, 200));
  await expect.poll(async () => (await inHand.leftBehind())[0]?.oggOpus.length).toBe(200);
  await writeFile(join(folder, 'voicemail', 'torn.about.json'), '{"mailbox": "pro');
  await voicemail.rescue();
  expect(await voicemail.list(who('clerk'))).toEqual([]);
  expect(await readdir(join(folder, 'voicemail'))).toEqual([]);
});

it('keeps no message twice where the hub died between keeping it and clearing up', async () => {
  const { voicemail, inHand, folder, who } = await voicemailAtWork();
  await keep(voicemail, message('project:northwind-support'));
  const [left] = await voicemail.list(who('clerk'));
  if (!left) throw new Error('no message');
  inHand.begin(left.voicemailId, about).append(makeToneOpus(440, 4));
  await expect.poll(async () => (await inHand.leftBehind())[0]?.oggOpus.length).toBeGreaterThan(0);
  await voicemail.rescue();
  expect(await voicemail.list(who('clerk'))).toHaveLength(1);
  expect([...(await voicemail.audio(who('clerk'), left.voicemailId))]).toEqual([...sound]);
  expect(await readdir(join(folder, 'voicemail'))).toEqual([`${left.voicemailId}.ogg`]);
});

it('leaves nothing of a message that was dropped, and keeps one whose insurance the disk refused', async () => {
  const { voicemail, parts, folder, log, who } = await voicemailAtWork();
  const dropped = voicemail.begin(about);
  dropped.append(makeToneOpus(440, 1));
  await dropped.drop();
  expect(await readdir(join(folder, 'voicemail'))).toEqual([]);
  await writeFile(join(folder, 'a-file'), '');
  const refused = new VoicemailService({
    ...parts,
    inHand: new MessagesInHand(join(folder, 'a-file', 'no-folder'), log),
  });
  const hand = refused.begin(about);
  hand.append(makeToneOpus(440, 1));
  await hand.keep({ durationMs: 4_200, oggOpus: sound });
  expect(await voicemail.list(who('clerk'))).toHaveLength(1);
  expect(log.has('cannot be written while it is said')).toBe(true);
});

it('of an erased person neither message nor sound stays, also of one that was being said, or left at a dead hub', async () => {
  const { voicemail, parts, db, folder, told, who } = await voicemailAtWork();
  const sounds = async () =>
    (await readdir(join(folder, 'voicemail'))).filter((name) => name.endsWith('.ogg'));
  const { records, clock } = await recordsAtWork(db);
  clock.nowMs = 5_000;
  const { id } = await records.create(annActs, null, content({ numbers: [number('+442079460123')] }));
  await keep(voicemail, message('project:northwind-support'));
  await keep(voicemail, { ...message('project:northwind-support'), callerNumber: '+12015550100' });
  const saying = voicemail.begin(about);
  told.length = 0;
  await records.erase(annActs, id);
  // Nobody is shown the message from here on; its sound goes even where the hub ends before it has.
  expect(await sounds()).toHaveLength(2);
  expect(await voicemail.list(who('clerk'))).toMatchObject([{ callerNumber: '+12015550100' }]);
  await new VoicemailService(parts).removeErased();
  expect(await sounds()).toHaveLength(1);
  expect(told.flat()).toContain('clerk');
  await saying.keep({ durationMs: 4_200, oggOpus: sound });
  expect(await readdir(join(folder, 'voicemail'))).toHaveLength(1);
  // Who calls anew is heard anew.
  await keep(voicemail, message('project:northwind-support', 6_000));
  expect(await voicemail.list(who('clerk'))).toHaveLength(2);
});
