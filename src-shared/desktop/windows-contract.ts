// What a window asks of its own frame, and what main asks a window to show.
import { z } from 'zod';
import { callId, recordId } from '../domain/ids.ts';
import { command, nothing } from '../wire/contract.ts';

export const windowsCommands = {
  /** The window that asks is painted: main may show it. Sign-in's is what "Offhook is ready" waits for. */
  'window.painted': command(nothing, z.null()),
  /** The frameless call box's own close button: hides it, ends no call. */
  'window.hide': command(nothing, z.null()),
  /** The call box asks for the height its face needs (CSS pixels). */
  'window.fitHeight': command(z.strictObject({ heightPx: z.number().int().min(80).max(1200) }), z.null()),
  /** Opens the agent window on a call's record. */
  'window.openAgent': command(z.strictObject({ callId: callId.nullable() }), z.null()),
  /** Opens the agent window on a record's page. */
  'window.openRecord': command(z.strictObject({ recordId }), z.null()),
  'window.showCallBox': command(nothing, z.null()),
  /** Makes the admin window, or brings it to the front. Refused: 'notAllowed' for clerks. */
  'window.openAdmin': command(nothing, z.null()),
  /**
   * Writes a file into the person's folder for downloads, under this name or one like it that is free, and tells its
   * path. Only the admin window may ask. Refused: 'diskFull', 'diskFailed'.
   */
  'window.saveFile': command(
    z.strictObject({
      /** Without a folder: letters, digits, and `.`, `_`, `-`, space within. */
      name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u),
      /** An export of a million records is some 250 MB. */
      text: z.string().max(300_000_000),
    }),
    z.strictObject({ path: z.string() }),
  ),
} as const;

export const windowsEvents = {
  /** The agent window is asked to open a call (a notification was clicked, a save was undone). */
  'window.openCall': z.strictObject({ callId }),
  /** The agent window is asked to show a record (its name in the call box was clicked). */
  'window.showRecord': z.strictObject({ recordId }),
  /** A tel:, sip: or callto: link: fills the dial field, never dials. */
  'window.fillDialField': z.strictObject({ target: z.string() }),
} as const;
