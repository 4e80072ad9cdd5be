// Calls as REST lists them: pages with a cursor that stays good while new calls come in, and one call by its id.
import { sipCallId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CallLogStore, CallPlace, CallQuestion, LoggedCall } from './call-log-store.ts';

export interface CallPage {
  readonly calls: readonly LoggedCall[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export class CallLogService {
  readonly #store: CallLogStore;

  constructor(store: CallLogStore) {
    this.#store = store;
  }

  /** @param cursor of the page before; null for the first. @throws CommandFailed 'cursorMalformed'. */
  async page(question: Omit<CallQuestion, 'after'>, cursor: string | null): Promise<CallPage> {
    const after = cursor === null ? null : placeOf(cursor);
    const found = await this.#store.list({ ...question, after });
    const calls = found.slice(0, question.limit);
    const last = calls.at(-1);
    return { calls, nextCursor: found.length > question.limit && last ? cursorOf(last) : null };
  }

  /** @throws CommandFailed 'noSuchCall'. */
  async call(id: LoggedCall['sipCallId']): Promise<LoggedCall> {
    const call = await this.#store.find(id);
    if (!call) throw new CommandFailed('noSuchCall', 'There is no call of this Call-ID.');
    return call;
  }
}

function cursorOf({ atMs, sipCallId: id }: CallPlace): string {
  return Buffer.from(`${atMs} ${id}`, 'utf8').toString('base64url');
}

function placeOf(cursor: string): CallPlace {
  const [, atMs, id] = /^(\d{1,16}) (.+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  const parsed = sipCallId.safeParse(id);
  if (atMs === undefined || !parsed.success) {
    throw new CommandFailed('cursorMalformed', 'This cursor is none of ours. Begin again without one.');
  }
  return { atMs: Number(atMs), sipCallId: parsed.data };
}
