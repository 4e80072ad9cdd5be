// The audit log as far as it was scrolled: the newest page first, older ones as they are wanted, begun anew when the
// question changes or the hub tells of a new entry while the newest are in sight.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { RequestOf } from '#shared/wire/contract.ts';
import { useClient, useMainEvent } from '../../client/desktop-context.tsx';

export type AuditQuestion = Omit<RequestOf<DesktopContract, 'admin.audit.list'>, 'beforeId' | 'limit'>;

export interface AuditPages {
  /** Undefined until the first answer. */
  readonly entries: readonly AuditEntry[] | undefined;
  readonly more: boolean;
  readonly refusal: string | null;
  /** Asks for older ones, where there are any and none are under way. */
  askOlder(): void;
}

const pageLength = 100;
const typingPauseMs = 200;

export function useAuditPages(question: AuditQuestion): AuditPages {
  const client = useClient();
  const [state, setState] = useState<{
    readonly entries: readonly AuditEntry[] | undefined;
    readonly more: boolean;
    readonly refusal: string | null;
  }>({ entries: undefined, more: false, refusal: null });
  /** Raised with each new question: what an older one still brings is dropped. */
  const generation = useRef(0);
  const asking = useRef(false);
  const { text, actorId, projectId, what } = question;

  const ask = useCallback(
    async (before: readonly AuditEntry[]) => {
      const mine = generation.current;
      asking.current = true;
      try {
        const beforeId = before.at(-1)?.id ?? null;
        const request = { beforeId, limit: pageLength, text, actorId, projectId, what };
        const { entries, more } = await client.call('admin.audit.list', request);
        if (mine === generation.current) setState({ entries: [...before, ...entries], more, refusal: null });
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (mine === generation.current) setState((now) => ({ ...now, refusal: error.reason }));
      } finally {
        if (mine === generation.current) asking.current = false;
      }
    },
    [client, text, actorId, projectId, what],
  );
  const askNewest = useCallback(() => {
    generation.current += 1;
    void ask([]);
  }, [ask]);
  useEffect(() => {
    const timer = setTimeout(askNewest, text === '' ? 0 : typingPauseMs);
    return () => clearTimeout(timer);
  }, [askNewest, text]);
  useMainEvent('admin.changed', ({ kind }) => {
    // Whoever has scrolled back reads on undisturbed.
    if (kind === 'audit' && (state.entries?.length ?? 0) <= pageLength) askNewest();
  });
  useMainEvent('network.changed', (link) => {
    if (link.state === 'online' && state.refusal !== null) askNewest();
  });
  return {
    ...state,
    askOlder() {
      if (state.more && !asking.current && state.entries) void ask(state.entries);
    },
  };
}
