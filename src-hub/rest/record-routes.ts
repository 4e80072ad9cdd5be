// REST on records: listed and read, made and changed, put by another system's id, erased for good; their notes, and the
// history of their changes. Imports and the export stand in record-file-routes.ts.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recordKind } from '#shared/domain/disposition.ts';
import { noteId, projectId, recordId, userId } from '#shared/domain/ids.ts';
import {
  customFieldKey,
  customValue,
  recordContent,
  recordNumber,
  wholeRecord,
} from '#shared/domain/record.ts';
import { recordNote } from '#shared/hub/sync-contract.ts';
import type { HubClock } from '../hub-clock.ts';
import type { RecordIntake } from '../records/record-intake.ts';
import type { RecordListService } from '../records/record-list-service.ts';
import type { RecordService } from '../records/record-service.ts';
import { problem } from './problems.ts';
import { actorOfKey, operation } from './rest-door.ts';
import { changeRefusals, ifMatchHeader, seenVersion, tag } from './versions.ts';

export interface RecordRouteParts {
  readonly records: RecordService;
  readonly intake: RecordIntake;
  readonly lists: RecordListService;
  readonly clock: HubClock;
}

const params = z.object({ recordId });

/** All may be left out; what is left out of a change stays as it is. */
const body = recordContent
  .omit({ externalId: true, fields: true, numbers: true })
  .extend({
    numbers: z
      .array(
        z.strictObject({
          number: recordNumber.shape.number.describe(
            'In any way of writing; kept as E.164 where it can be read',
          ),
          extension: recordNumber.shape.extension.default(''),
          label: recordNumber.shape.label.default('main'),
        }),
      )
      .max(50),
    fields: z
      .record(customFieldKey, customValue.nullable())
      .describe('The project’s own; null takes a value away, fields that are not named stay'),
  })
  .partial();
const externalId = recordContent.shape.externalId;
const bodyWithExternalId = body.extend({ externalId: externalId.optional() });

export const recordQuestion = z.object({
  kind: recordKind.optional(),
  projectId: z
    .union([z.literal('none'), projectId])
    .optional()
    .describe('none: of no project'),
  ownerId: userId.optional(),
  tag: z.string().max(100).optional(),
  number: z.string().max(200).optional().describe('In any way of writing'),
  email: z.string().max(320).optional(),
  externalId: z.string().max(200).optional(),
  changedSinceMs: z.coerce.number().int().nonnegative().optional().describe('Milliseconds since 1970'),
  text: z.string().max(200).optional().describe('Anywhere in names, e-mail addresses and city'),
});

export function filterOf({ projectId: of, ...rest }: z.output<typeof recordQuestion>) {
  return { ...rest, projectId: of === 'none' ? null : (of as z.output<typeof projectId> | undefined) };
}

const change = z.object({
  atMs: z.number(),
  actor: z.object({
    kind: z.enum(['user', 'apiKey', 'console', 'automation']),
    id: z.string(),
    name: z.string(),
  }),
  what: z.enum(['create', 'change', 'erase']),
  version: z.number().int().describe('The record’s, from then on'),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});

export function recordRoutes(app: FastifyInstance, parts: RecordRouteParts): void {
  const { records, intake, lists } = parts;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const versionNow = (id: z.output<typeof recordId>) => async () => (await records.get(id)).version;

  typed.get(
    '/records',
    operation('listRecords', 'Records, the one changed longest ago first', {
      querystring: recordQuestion.extend({
        cursor: z.string().max(500).optional().describe('nextCursor of the page before'),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      response: { 200: z.object({ records: z.array(wholeRecord), nextCursor: z.string().nullable() }) },
    }),
    async ({ query: { cursor = null, limit, ...filter } }) => {
      const page = await lists.page(filterOf(filter), limit, cursor);
      return { records: [...page.records], nextCursor: page.nextCursor };
    },
  );
  typed.get(
    '/records/:recordId',
    operation('getRecord', 'One record', { params, response: { 200: wholeRecord, 404: problem } }),
    async (request, reply) => {
      const record = await records.get(request.params.recordId);
      return tag(reply, record.version, record);
    },
  );
  typed.post(
    '/records',
    operation('addRecord', 'Makes a record', {
      body: bodyWithExternalId,
      response: { 201: wholeRecord, 409: problem, 422: problem },
    }),
    async (request, reply) => {
      const record = await intake.create(actorOfKey(request), request.body);
      reply.code(201).header('location', `/api/v1/records/${encodeURIComponent(record.id)}`);
      return tag(reply, record.version, record);
    },
  );
  typed.patch(
    '/records/:recordId',
    operation('changeRecord', 'Changes what is named of a record', {
      params,
      headers: ifMatchHeader,
      body: bodyWithExternalId,
      response: { 200: wholeRecord, ...changeRefusals },
    }),
    async (request, reply) => {
      const { recordId: id } = request.params;
      const version = await seenVersion(request, versionNow(id));
      const record = await intake.change(actorOfKey(request), id, version, request.body);
      return tag(reply, record.version, record);
    },
  );
  typed.put(
    '/records/by-external-id/:externalId',
    operation('putRecord', 'Makes the record of this external id, or changes what is named of it', {
      params: z.object({ externalId: z.string().min(1).max(200) }),
      body,
      response: { 200: wholeRecord, 201: wholeRecord, 409: problem, 422: problem },
    }),
    async (request, reply) => {
      const { record, made } = await intake.put(actorOfKey(request), request.params.externalId, request.body);
      if (made) reply.code(201).header('location', `/api/v1/records/${encodeURIComponent(record.id)}`);
      return tag(reply, record.version, record);
    },
  );
  typed.delete(
    '/records/:recordId',
    operation(
      'eraseRecord',
      'Erases a record for good, notes and history too; its calls lose number and name',
      {
        params,
        headers: ifMatchHeader,
        response: { 204: z.null(), ...changeRefusals },
      },
    ),
    async (request, reply) => {
      const { recordId: id } = request.params;
      const version = await seenVersion(request, versionNow(id));
      await records.erase(actorOfKey(request), id, { seenVersion: version });
      return reply.code(204).send(null);
    },
  );
  typed.get(
    '/records/:recordId/notes',
    operation('listNotes', 'A record’s notes, newest first', {
      params,
      response: { 200: z.object({ notes: z.array(recordNote) }), 404: problem },
    }),
    async ({ params: { recordId: id } }) => ({ notes: await lists.notesOf(id) }),
  );
  typed.post(
    '/records/:recordId/notes',
    operation('addNote', 'Adds a note to a record', {
      params,
      body: z.object({ text: z.string().trim().min(1).max(100_000) }),
      response: { 201: recordNote, 404: problem },
    }),
    async (request, reply) => {
      const note = await records.addNote(actorOfKey(request), {
        id: noteId.parse(randomUUID()),
        recordId: request.params.recordId,
        callId: null,
        text: request.body.text,
        writtenAtMs: parts.clock.nowMs(),
      });
      return reply.code(201).send(note);
    },
  );
  typed.get(
    '/records/:recordId/changes',
    operation('listChanges', 'Who changed what of a record, newest first', {
      params,
      response: { 200: z.object({ changes: z.array(change) }), 404: problem },
    }),
    async ({ params: { recordId: id } }) => ({
      changes: (await lists.changesOf(id)).map((each) => ({ ...each, actor: { ...each.actor } })),
    }),
  );
}
