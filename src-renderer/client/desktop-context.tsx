// Hands the window's client and live store to its components, and the hooks that read them.
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CommandName, EventName, EventOf, ReplyOf, RequestOf } from '#shared/wire/contract.ts';
import type { DesktopClient } from './desktop-client.ts';
import type { LiveStore, TopicName, TopicOf } from './live-store.ts';

interface Desktop {
  readonly client: DesktopClient;
  readonly live: LiveStore;
}

const DesktopContext = createContext<Desktop | null>(null);

export function DesktopProvider({ client, live, children }: Desktop & { readonly children: ReactNode }) {
  const [desktop] = useState<Desktop>({ client, live });
  return <DesktopContext value={desktop}>{children}</DesktopContext>;
}

function useDesktop(): Desktop {
  const desktop = useContext(DesktopContext);
  if (!desktop) throw new Error('A component that asks main stands outside DesktopProvider.');
  return desktop;
}

export function useClient(): DesktopClient {
  return useDesktop().client;
}

/** Main's own state, as it is now; the component is drawn again whenever main tells it anew. */
export function useLive<N extends TopicName>(name: N): TopicOf<N> {
  const { live } = useDesktop();
  const subscribe = useCallback((listener: () => void) => live.subscribe(name, listener), [live, name]);
  return useSyncExternalStore(
    subscribe,
    () => live.value(name),
    () => live.firstValue(name),
  );
}

/** Calls `listener` (always the latest one) for each event of that name. */
export function useMainEvent<N extends EventName<DesktopContract>>(
  name: N,
  listener: (payload: EventOf<DesktopContract, N>) => void,
): void {
  const { client } = useDesktop();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => client.on(name, (payload) => latest.current(payload)), [client, name]);
}

export interface CommandState<Q, R> {
  /** Asks main. Resolves to the reply, or to undefined where it was refused; `refusal` then says why. */
  run(request: Q): Promise<R | undefined>;
  readonly running: boolean;
  /** The reason of the last refusal; null after a success or `forget`. */
  readonly refusal: string | null;
  forget(): void;
}

/** One command with the state that its button and its message need. */
export function useCommand<N extends CommandName<DesktopContract>>(
  name: N,
): CommandState<RequestOf<DesktopContract, N>, ReplyOf<DesktopContract, N>> {
  const { client } = useDesktop();
  const [running, setRunning] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = useCallback(
    async (request: RequestOf<DesktopContract, N>) => {
      setRunning(true);
      setRefusal(null);
      try {
        return await client.call(name, request);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        setRefusal(error.reason);
        return undefined;
      } finally {
        setRunning(false);
      }
    },
    [client, name],
  );
  const forget = useCallback(() => setRefusal(null), []);
  return { run, running, refusal, forget };
}
