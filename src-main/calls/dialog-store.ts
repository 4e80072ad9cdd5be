// The dialogs of calls that run, on disk: read once at start, for what a crash left behind. Used by open-dialogs.ts.
import type { CallId } from '#shared/domain/ids.ts';
import type { DesktopDatabase } from '../database/open.ts';
import { prepare } from '../database/prepared.ts';
import { type SipDialog, sipDialog } from './sip-dialog.ts';

export interface OpenDialog {
  readonly callId: CallId;
  /** Null where telephony could not tell it. */
  readonly dialog: SipDialog | null;
  readonly runningAtMs: number;
}

export type DialogStore = ReturnType<typeof openDialogStore>;

export function openDialogStore({ sqlite, kysely }: DesktopDatabase) {
  const keep = prepare<{ callId: CallId; dialog: string | null; runningAtMs: number }>(sqlite).as((given) =>
    kysely
      .insertInto('open_dialogs')
      .values({
        call_id: given('callId'),
        dialog: given('dialog'),
        running_at_ms: given('runningAtMs'),
      })
      .onConflict((conflict) =>
        conflict
          .column('call_id')
          .doUpdateSet({ dialog: given('dialog'), running_at_ms: given('runningAtMs') }),
      ),
  );
  const stillRun = prepare<{ callId: CallId; runningAtMs: number }>(sqlite).as((given) =>
    kysely
      .updateTable('open_dialogs')
      .set({ running_at_ms: given('runningAtMs') })
      .where('call_id', '=', given('callId')),
  );
  const forget = prepare<{ callId: CallId }>(sqlite).as((given) =>
    kysely.deleteFrom('open_dialogs').where('call_id', '=', given('callId')),
  );
  const all = prepare(sqlite).as(() =>
    kysely.selectFrom('open_dialogs').select(['call_id', 'dialog', 'running_at_ms']),
  );
  return {
    keep({ callId, dialog, runningAtMs }: OpenDialog): void {
      keep.run({ callId, dialog: dialog === null ? null : JSON.stringify(dialog), runningAtMs });
    },
    stillRuns(callId: CallId, runningAtMs: number): void {
      stillRun.run({ callId, runningAtMs });
    },
    forget(callId: CallId): void {
      forget.run({ callId });
    },
    all(): OpenDialog[] {
      return all.all({}).map((row) => ({
        callId: row.call_id,
        dialog: row.dialog === null ? null : sipDialog.parse(JSON.parse(row.dialog)),
        runningAtMs: row.running_at_ms,
      }));
    },
  };
}
