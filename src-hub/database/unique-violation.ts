// Which constraint a write went against, the same for SQLite and PostgreSQL. Asked by services that turn "somebody was
// there first", or "something still refers to it", into a refusal in words.

/**
 * @param error as the driver threw it.
 * @returns what names the constraint: `project_number.number` (SQLite's columns), `index 'project_name'`, or
 * PostgreSQL's name of it; null where it is another error.
 */
export function uniqueViolation(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const { code, message } = error;
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return message.replace('UNIQUE constraint failed: ', '');
  }
  if (code !== '23505') return null;
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
}

/** Whether something refers to what was to be taken away, or what was to be referred to is not there. */
export function foreignKeyViolation(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || error.code === '23503';
}
