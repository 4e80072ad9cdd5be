// What imports from CSV have in common, of records (records-contract.ts) and of orders (dial-up-contract.ts) alike: how far
// one is, what is wrong with which row, and the commands by which a file is brought, looked at, started and taken away.
import { z } from 'zod';
import { type CommandSpec, command, nothing } from '../wire/contract.ts';

/** `row` counts from 1, the header being row 1; `column` is the file's own name for it. */
export const importProblem = z.strictObject({
  row: z.number().int(),
  column: z.string().nullable(),
  reason: z.string(),
  message: z.string(),
});
export type ImportProblem = z.output<typeof importProblem>;

/** An import as whoever looks at it sees it. @param settings what can be set of one of its kind */
export function importWith<S extends z.ZodType>(settings: S) {
  return z.strictObject({
    id: z.string(),
    fileName: z.string(),
    madeAtMs: z.number(),
    madeBy: z.string(),
    /** 'failed' can be started again, and goes on where it was. */
    state: z.enum(['uploaded', 'running', 'done', 'failed']),
    encoding: z.enum(['utf-8', 'windows-1252', 'utf-16']),
    separator: z.enum([',', ';', '\t']),
    header: z.array(z.string()),
    /** All but the header and empty ones. */
    rows: z.number().int(),
    rowsDone: z.number().int(),
    created: z.number().int(),
    /** Found by their external id, whether anything differed or not. */
    updated: z.number().int(),
    /** Rows that were left out; `problems` says why. */
    bad: z.number().int(),
    /** Null until it is started. */
    settings: settings.nullable(),
    endedAtMs: z.number().nullable(),
    /** Why it failed. */
    reason: z.string().nullable(),
  });
}

/** What a preview tells besides the import itself and how its header is understood. */
export const previewed = {
  /** The first rows as they stand in the file. */
  firstRows: z.array(z.array(z.string())),
  /** Of the whole file; the first hundred. */
  problems: z.array(importProblem),
  badRows: z.number().int(),
} as const;

const ofImport = z.strictObject({ id: z.string().min(1).max(100) });

interface ImportCommands<I extends z.ZodType, S extends z.ZodType, P extends z.ZodType> {
  /** Newest first. While one runs, `admin.changed` tells of its kind about twice a second. */
  list: CommandSpec<typeof nothing, z.ZodArray<I>>;
  /** Begins an upload; the file comes in pieces. Refused: 'tooLarge'. */
  begin: CommandSpec<typeof beginning, typeof ofImport>;
  /**
   * In their order; of at most 512 KiB. Replies with the import once the last piece is there. Refused: 'pieceMissing',
   * 'fileEmpty', 'fileMalformed', 'tooManyRows'.
   */
  addPiece: CommandSpec<typeof piece, z.ZodNullable<I>>;
  /** What would become of it. Without settings, or with no columns in them, as the header is understood. Refused: 'alreadyStarted'. */
  preview: CommandSpec<OfImport<z.ZodNullable<S>>, P>;
  /** Refused: 'alreadyStarted', 'columnTwice', 'columnMissing', 'noSuchField', and what is wrong with the settings. */
  start: CommandSpec<OfImport<S>, I>;
  /** All problems by row, as CSV. */
  problems: CommandSpec<typeof ofImport, typeof csv>;
  /** One that runs is ended: what is in stays in. */
  remove: CommandSpec<typeof ofImport, z.ZodNull>;
}
type OfImport<S extends z.ZodType> = z.ZodObject<{ id: z.ZodString; settings: S }, z.core.$strict>;

const beginning = z.strictObject({
  fileName: z.string().trim().min(1).max(255),
  bytes: z.number().int().min(1),
});
const piece = ofImport.extend({ offset: z.number().int().nonnegative(), base64: z.string().max(700_000) });
const csv = z.strictObject({ csv: z.string() });

/**
 * The commands `admin.<kind>.list` to `admin.<kind>.remove`. Refused in common: 'notAllowed', 'noSuchImport'.
 *
 * @param of an import, what can be set of it, and the answer of its preview
 */
export function importCommands<
  K extends 'recordImports' | 'orderImports',
  I extends z.ZodType,
  S extends z.ZodType,
  P extends z.ZodType,
>(kind: K, of: { readonly import: I; readonly settings: S; readonly preview: P }) {
  const commands: ImportCommands<I, S, P> = {
    list: command(nothing, z.array(of.import)),
    begin: command(beginning, ofImport),
    addPiece: command(piece, of.import.nullable()),
    preview: command(ofImport.extend({ settings: of.settings.nullable() }), of.preview),
    start: command(ofImport.extend({ settings: of.settings }), of.import),
    problems: command(ofImport, csv),
    remove: command(ofImport, z.null()),
  };
  const named = Object.entries(commands).map(([name, each]) => [`admin.${kind}.${name}`, each]);
  return Object.fromEntries(named) as {
    readonly [N in keyof ImportCommands<I, S, P> as `admin.${K}.${N}`]: ImportCommands<I, S, P>[N];
  };
}
