// Builds what keeps this desktop and its hub the same. The outbox comes first, since records and calls write to it; the
// rest when session and link are there. Called by compose.ts and by tests.
import { randomUUID } from 'node:crypto';
import type { CountryCode } from 'libphonenumber-js';
import type { SessionView } from '#shared/desktop/session-contract.ts';
import { mutationId, type RecordId } from '#shared/domain/ids.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { CallsFirst } from '../calls/calls-first.ts';
import type { Clock } from '../calls/clock.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { suspect } from '../database/rescue.ts';
import type { HubLink } from '../hub-link/hub-link.ts';
import type { RecordStores } from '../records/records.ts';
import { openCursorStore } from './cursor-store.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { type OutboxStore, openOutboxStore } from './outbox-store.ts';
import { createOverlay, type Overlay } from './overlay.ts';
import { SyncPeopleService } from './sync-people-service.ts';
import type { AtWork, SyncHub } from './sync-ports.ts';
import { SyncService, scopesOf } from './sync-service.ts';
import type { SyncWriter } from './sync-writer.ts';
import { createWriterThread } from './writer-thread.ts';

export interface SyncOutbox extends Outbox {
  readonly store: OutboxStore;
  readonly overlay: Overlay;
}

/** @param atWork null where nobody is signed in */
export function createSyncOutbox(
  database: DesktopDatabase,
  stores: Pick<RecordStores, 'records' | 'notes'>,
  clock: Pick<Clock, 'nowMs'>,
  atWork: () => Pick<AtWork, 'userId' | 'hub'> | null,
): SyncOutbox {
  const store = openOutboxStore(database);
  const overlay = createOverlay(stores.records, stores.notes, store, openCursorStore(database).has);
  const outbox = createOutbox({
    store,
    overlay,
    notes: stores.notes,
    nowMs: clock.nowMs,
    newMutationId: () => mutationId.parse(randomUUID()),
    whose: atWork,
  });
  return { ...outbox, store, overlay };
}

export interface SyncOptions {
  readonly database: DesktopDatabase;
  readonly stores: Pick<RecordStores, 'records' | 'notes'>;
  readonly outbox: SyncOutbox;
  readonly hub: SyncHub;
  /** Left out where there are no calls. */
  readonly callsFirst?: Pick<CallsFirst, 'restMs' | 'shared'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly country: () => CountryCode;
  recordsChanged(ids: readonly RecordId[] | null): void;
  /** See sync-service.ts. */
  erased?(recordIds: readonly RecordId[]): void;
  readonly log: WireLog;
  /** Another than the thread, for tests. */
  readonly writer?: SyncWriter;
}

export interface Sync {
  readonly service: SyncService;
  readonly people: SyncPeopleService;
  close(): Promise<void>;
}

export function createSync(options: SyncOptions): Sync {
  const { database, stores, outbox, clock, recordsChanged } = options;
  const service = new SyncService({
    ...options,
    writer: options.writer ?? createWriterThread(database, clock, options.callsFirst?.shared),
    damaged() {
      try {
        suspect(database.sqlite.name);
      } catch (error) {
        options.log.error('sync: the database is damaged, and cannot be marked so', { error });
      }
    },
    store: outbox.store,
    cursors: openCursorStore(database),
  });
  const people = new SyncPeopleService({
    ...stores,
    store: outbox.store,
    outbox,
    overlay: outbox.overlay,
    nowMs: clock.nowMs,
    isSending: (id) => service.isSending(id),
    recordsChanged,
    touched: () => service.touched(),
  });
  return { service, people, close: () => service.close() };
}

/** After a rescue: what is unsent is shown again, though the hub has not told the rest yet. @throws SqliteError */
export function showUnsent(
  { store, overlay }: Pick<SyncOutbox, 'store' | 'overlay'>,
  { records, notes }: Pick<RecordStores, 'records' | 'notes'>,
): void {
  records.transaction(() => {
    for (const { mutation, recordId, userId, state } of store.open(Number.MAX_SAFE_INTEGER)) {
      if (mutation.kind === 'record.create' && recordId !== null) overlay.relay(recordId);
      if (mutation.kind !== 'note.add') continue;
      // Who wrote it is known by name when the hub has it.
      const shown = state === 'refused' ? 'refused' : 'here';
      notes.write({ ...mutation.note, authorId: userId, authorName: '' }, shown);
    }
  });
}

/** Whose changes they are; null where nobody is signed in. */
export function atWorkOf(view: SessionView): AtWork | null {
  if (view.state !== 'signedIn') return null;
  const { user, practice, open } = view;
  return { userId: user.userId, hub: practice ? 'practice' : 'team', open: scopesOf(open) };
}

export function hubOver(hub: Pick<HubLink, 'call'>): SyncHub {
  return {
    push: (mutations) => hub.call('sync.push', { mutations: [...mutations] }),
    pull: (request) => hub.call('sync.pull', request),
  };
}

/** The service is told who is at work and whether the hub is there, at once and from then on. */
export function followSession(
  service: SyncService,
  session: { view(): SessionView; onChanged(listener: () => void): void },
  hub: Pick<HubLink, 'view' | 'onChanged' | 'on'>,
): void {
  const tell = () => service.situation(atWorkOf(session.view()), hub.view().state === 'online');
  session.onChanged(tell);
  hub.onChanged(tell);
  hub.on('sync.changed', ({ scopes }) => service.changedAtHub(scopes));
  tell();
}
