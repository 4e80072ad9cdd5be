// Answers the records' share of the desktop contract, and tells its events. Registered by compose.ts.
import type { recordsCommands } from '#shared/desktop/records-contract.ts';
import type { DesktopWire } from '../desktop-wire/desktop-wire.ts';
import type { DomainHandlers } from '../desktop-wire/window-context.ts';
import type { RecordChanges } from './record-changes.ts';
import type { RecordsService } from './records-service.ts';

export function recordsHandlers(records: RecordsService): DomainHandlers<typeof recordsCommands> {
  return {
    'records.list': (request) => records.list(request),
    'records.choices': () => records.choices(),
    'records.get': ({ recordId }) => records.page(recordId),
    'records.byNumber': ({ number }) => records.byNumber(number),
    'records.create': ({ content }) => records.create(content),
    'records.change': ({ recordId, ...made }) => records.change(recordId, made),
    'notes.add': ({ recordId, text }) => records.addNote(recordId, text),
    'records.unsaved': () => records.unsaved(),
    'records.keepUnsaved': (text) => {
      records.keepUnsaved(text);
      return null;
    },
    'records.endUnsaved': ({ key }) => {
      records.endUnsaved(key);
      return null;
    },
    'records.listSettings': ({ list }) => records.listSettings(list),
    'records.setListSettings': ({ list, settings }) => {
      records.setListSettings(list, settings);
      return null;
    },
  };
}

export function announceRecords(changes: RecordChanges, tell: DesktopWire['tell']): void {
  changes.news.on((changed) =>
    tell('records.changed', { recordIds: changed === null ? null : [...changed] }),
  );
}
