// Which constraint a write went against, the same for SQLite and PostgreSQL. Asked by services that turn "somebody was
// there first" into a refusal in words.

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
