// Says that the database was damaged, what was saved of it, and where it is. Called by compose.ts at a start.
import { dialog } from 'electron';
import type { Rescued } from '../database/rescue.ts';
import type { Words } from './words.ts';

/** Nothing waits for the answer. */
export function tellRescued({ asideFile, calls, unsent }: Rescued, words: Words): void {
  const detail = words.databaseRescued.replace('{calls}', String(calls)).replace('{unsent}', String(unsent));
  void dialog.showMessageBox({
    type: 'warning',
    message: words.databaseRescuedTitle,
    detail: `${detail}\n${asideFile}`,
  });
}
