// The scripted main's records: lists, record page, search, list settings, over sample records that a test may change.
import type {
  ListSettings,
  RecordPage,
  RecordRow,
  recordsCommands,
  UnsavedText,
} from '#shared/desktop/records-contract.ts';
import type { MarkedText, SearchHit, searchCommands } from '#shared/desktop/search-contract.ts';
import { noteId, recordId } from '#shared/domain/ids.ts';
import { recordName } from '#shared/domain/record.ts';
import { mergeChange } from '#shared/domain/record-merge.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Handlers } from '#shared/wire/contract.ts';
import type { ScriptedRecord } from './sample-records.ts';

type RecordHandlers = Handlers<{
  name: 'records';
  version: 1;
  commands: typeof recordsCommands & typeof searchCommands;
  events: Record<never, never>;
}>;

export interface ScriptedRecords {
  records: ScriptedRecord[];
  listSettings: { leads: ListSettings; contacts: ListSettings };
  unsaved?: UnsavedText[];
}

export const noRecords = (): ScriptedRecords => ({
  records: [],
  listSettings: {
    leads: { columns: ['number', 'city', 'project', 'owner', 'changedAt'], filters: [] },
    contacts: { columns: ['kind', 'number', 'city', 'project', 'lastCallAt'], filters: [] },
  },
});

const owners: Record<string, string> = { u1: 'Mia Sommer', u2: 'Ben Adeyemi' };

export function scriptedRecords(
  state: ScriptedRecords,
  changed: (recordIds: RecordRow['id'][]) => void,
): RecordHandlers {
  const find = (id: string) => {
    const found = state.records.find(({ record }) => record.id === id);
    if (!found) throw new CommandFailed('noSuchRecord', 'The script knows no such record.');
    return found;
  };
  const put = (next: ScriptedRecord): RecordPage => {
    const known = state.records.some(({ record }) => record.id === next.record.id);
    state.records = known
      ? state.records.map((each) => (each.record.id === next.record.id ? next : each))
      : [next, ...state.records];
    changed([next.record.id]);
    return pageOf(next);
  };
  return {
    'records.list': ({ filter, sort, offset, limit }) => {
      const rows = state.records
        .filter(({ record }) => filter.kinds.length === 0 || filter.kinds.includes(record.kind))
        .filter(({ record }) => filter.projectId === null || record.projectId === filter.projectId)
        .filter(({ record }) => filter.ownerId === null || record.ownerId === filter.ownerId)
        .filter(({ record }) => filter.tag === null || record.tags.includes(filter.tag))
        .map(rowOf)
        .filter((row) =>
          [row.name, row.number ?? '', row.city, row.email ?? ''].some((part) => has(part, filter.text)),
        )
        .sort((a, b) => {
          const by = {
            name: 'name',
            city: 'city',
            changedAt: 'changedAtMs',
            lastCallAt: 'lastCallAtMs',
          } as const;
          const [one, other] = [a[by[sort.by]] ?? 0, b[by[sort.by]] ?? 0];
          const order = typeof one === 'string' ? one.localeCompare(String(other)) : one - Number(other);
          return sort.descending ? -order : order;
        });
      return { rows: rows.slice(offset, offset + limit), total: rows.length };
    },
    'records.choices': () => ({
      tags: [...new Set(state.records.flatMap(({ record }) => record.tags))],
      owners: [...new Set(state.records.flatMap(({ record }) => record.ownerId ?? []))].map((userId) => ({
        userId,
        name: owners[userId] ?? userId,
      })),
    }),
    'records.get': ({ recordId: id }) => pageOf(find(id)),
    'records.byNumber': ({ number }) =>
      state.records.filter(({ record }) => record.numbers.some((each) => each.number === number)).map(rowOf),
    'records.create': ({ content }) => {
      if (recordName(content) === '') throw new CommandFailed('nameMissing', 'A record needs a name.');
      const id = recordId.parse(`created-${state.records.length}`);
      const atMs = Date.now();
      const record = { ...content, id, version: 0, createdAtMs: atMs, changedAtMs: atMs };
      return put({ record, state: 'here', notes: [], calls: [], openTasks: [] });
    },
    'records.change': ({ recordId: id, before, changes }) => {
      const found = find(id);
      const { content } = mergeChange(contentOf(found), { before, changes });
      return put({
        ...found,
        record: { ...found.record, ...content, changedAtMs: Date.now() },
        state: 'here',
      });
    },
    'notes.add': ({ recordId: id, text }) => {
      const found = find(id);
      const note = {
        id: noteId.parse(`added-${found.notes.length}`),
        text,
        authorName: 'Mia Sommer',
        writtenAtMs: Date.now(),
        state: 'here' as const,
      };
      return put({ ...found, notes: [note, ...found.notes] });
    },
    'records.unsaved': () => state.unsaved ?? [],
    'records.keepUnsaved': (text) => {
      state.unsaved = [...(state.unsaved ?? []).filter(({ key }) => key !== text.key), text];
      return null;
    },
    'records.endUnsaved': ({ key }) => {
      state.unsaved = (state.unsaved ?? []).filter((each) => each.key !== key);
      return null;
    },
    'records.listSettings': ({ list }) => state.listSettings[list],
    'records.setListSettings': ({ list, settings }) => {
      state.listSettings = { ...state.listSettings, [list]: settings };
      return null;
    },
    'search.everything': ({ text, limit }) => {
      const hits = state.records.flatMap((each) => hitsIn(each, text));
      const kinds = ['person', 'record', 'note', 'call'] as const;
      const found = kinds.flatMap((kind) => hits.filter((hit) => hit.kind === kind).slice(0, limit));
      return {
        hits: found,
        more: hits.length > found.length,
        number: shown(text) === text ? null : shown(text),
      };
    },
  };
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const has = (text: string, part: string) => fold(text).includes(fold(part.trim()));

function contentOf({ record }: ScriptedRecord) {
  const { id: _id, version: _version, createdAtMs: _created, changedAtMs: _changed, ...content } = record;
  return content;
}

function rowOf({ record, state, calls }: ScriptedRecord): RecordRow {
  const number = record.numbers[0]?.number ?? null;
  return {
    id: record.id,
    kind: record.kind,
    name: recordName(record),
    number,
    numberShown: number === null ? null : shown(number),
    email: record.emails[0] ?? null,
    city: record.city,
    projectId: record.projectId,
    ownerId: record.ownerId,
    ownerName: record.ownerId === null ? null : (owners[record.ownerId] ?? null),
    tags: record.tags,
    changedAtMs: record.changedAtMs,
    lastCallAtMs: calls[0]?.startedAtMs ?? null,
    state,
  };
}

const shown = (number: string) => number.replace(/^\+49(30)(\d{3})(\d+)$/, '0$1 $2 $3');

function pageOf(each: ScriptedRecord): RecordPage {
  const { record, state, notes, calls, openTasks } = each;
  return {
    record,
    numbersShown: record.numbers.map(({ number }) => shown(number)),
    state,
    projectName: record.projectId === null ? null : 'Nordwind Parcels',
    ownerName: rowOf(each).ownerName,
    calls: [...calls],
    notes: [...notes],
    openTasks: [...openTasks],
  };
}

function marked(text: string, part: string): MarkedText {
  const from = fold(text).indexOf(fold(part.trim()));
  return { text, marks: from < 0 || part.trim() === '' ? [] : [[from, from + part.trim().length]] };
}

function hitsIn(each: ScriptedRecord, text: string): SearchHit[] {
  const row = rowOf(each);
  const elsewhere = [row.numberShown, row.email, row.city].find((part) => part && has(part, text));
  const hits: SearchHit[] = [];
  if (has(row.name, text) || elsewhere) {
    hits.push({
      kind: 'record',
      recordId: row.id,
      recordKind: row.kind,
      name: marked(row.name, text),
      found: has(row.name, text) || !elsewhere ? null : marked(elsewhere, text),
      number: row.number,
    });
  }
  for (const note of each.notes.filter((one) => has(one.text, text))) {
    hits.push({
      kind: 'note',
      noteId: note.id,
      recordId: row.id,
      recordName: row.name,
      text: marked(note.text, text),
      writtenAtMs: note.writtenAtMs,
    });
  }
  for (const call of each.calls.filter((one) => has(one.note, text) && one.note !== '')) {
    hits.push({
      kind: 'call',
      callId: call.callId,
      name: row.name,
      text: marked(call.note, text),
      startedAtMs: call.startedAtMs,
      elsewhere: call.own ? null : { recordId: row.id, agentName: call.agentName },
    });
  }
  return hits;
}
