// What every window has in common: fetch what it needs, then draw it in the person's language and theme,
// then tell main that it is painted. Where main does not answer, it says so and offers to try again.
import './mantine-styles.ts';
import '@fontsource-variable/inter/wght.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import {
  type ReactElement,
  type ReactNode,
  StrictMode,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import type { DesktopClient } from '../client/desktop-client.ts';
import { DesktopProvider, useLive } from '../client/desktop-context.tsx';
import { type FirstValues, LiveStore, type TopicName, type TopicOf } from '../client/live-store.ts';
import { showLanguage } from '../i18n/texts.ts';
import { Button } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { IconPlugConnectedX } from '../parts/icons.ts';
import { cssVariables, theme } from './theme.ts';

interface WindowFrameProps {
  readonly client: DesktopClient;
  /** Topics that the window reads; `settings` is always among them. */
  readonly topics: readonly TopicName[];
  readonly children: ReactNode;
  /** Filled already: then nothing is loaded. */
  readonly loaded?: LiveStore | undefined;
}

/** Loads, then draws. Also what tests mount. */
export function WindowFrame({ client, topics, children, loaded }: WindowFrameProps) {
  const [live, setLive] = useState<LiveStore | null>(loaded ?? null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what "Try again" changes.
  useEffect(() => {
    if (loaded) return;
    let wanted = true;
    const store = new LiveStore(client);
    store.load(['settings', ...topics]).then(
      () => wanted && setLive(store),
      (error: unknown) => {
        console.error('The window could not be filled.', error instanceof Error ? error.name : '');
        if (wanted) setFailed(true);
      },
    );
    return () => {
      wanted = false;
    };
  }, [client, topics, attempt, loaded]);

  if (live) {
    return (
      <DesktopProvider client={client} live={live}>
        <ThemedWindow client={client}>{children}</ThemedWindow>
      </DesktopProvider>
    );
  }
  if (!failed) return null;
  return (
    <Themed scheme="system">
      <BootFailed
        client={client}
        onRetry={() => {
          setFailed(false);
          setAttempt((before) => before + 1);
        }}
      />
    </Themed>
  );
}

/** The same tree wherever it is drawn: React takes over what the build drew only where it finds its like. */
export function windowTree(props: WindowFrameProps): ReactElement {
  return (
    <StrictMode>
      <WindowFrame {...props} />
    </StrictMode>
  );
}

/**
 * Mounts a window's content into its page.
 * @param drawnWith the values with which the page was drawn by the build; null where its #root came empty
 */
export function showWindow({
  drawnWith,
  ...props
}: WindowFrameProps & { readonly drawnWith?: DrawnWith | null }): void {
  const place = document.getElementById('root');
  if (!place) throw new Error('The page has no #root.');
  if (!drawnWith) {
    createRoot(place).render(windowTree(props));
    return;
  }
  const live = new LiveStore(props.client, drawnWith);
  live.load(['settings', ...props.topics]).then(
    () => {
      showLanguage(drawnWith.settings.language);
      hydrateRoot(place, windowTree({ ...props, loaded: live }), {
        onRecoverableError: (error) =>
          console.error('The drawn window was drawn anew.', error instanceof Error ? error.message : ''),
      });
    },
    () => {
      // Says so, and tries again, on an empty page.
      place.replaceChildren();
      createRoot(place).render(windowTree(props));
    },
  );
}

type DrawnWith = FirstValues & { readonly settings: TopicOf<'settings'> };

function ThemedWindow({
  client,
  children,
}: {
  readonly client: DesktopClient;
  readonly children: ReactNode;
}) {
  const settings = useLive('settings');
  // Before the first paint, so that no text flashes in the other language.
  useLayoutEffect(() => showLanguage(settings.language), [settings.language]);
  usePainted(client);
  return <Themed scheme={settings.theme}>{children}</Themed>;
}

function BootFailed({ client, onRetry }: { readonly client: DesktopClient; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  usePainted(client);
  return (
    <EmptyState icon={IconPlugConnectedX} title={t('boot.failedTitle')} text={t('boot.failed')}>
      <Button tone="accent" onClick={onRetry}>
        {t('common.tryAgain')}
      </Button>
    </EmptyState>
  );
}

function Themed({
  scheme,
  children,
}: {
  readonly scheme: 'system' | 'light' | 'dark';
  readonly children: ReactNode;
}) {
  const systemDark = useSyncExternalStore(
    followDark,
    () => darkQuery().matches,
    // What the scheme is decides no element, only an attribute of the page, which main has set there.
    () => false,
  );
  const shown = scheme === 'system' ? (systemDark ? 'dark' : 'light') : scheme;
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={shown}>
      {children}
    </MantineProvider>
  );
}

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)');

function followDark(listener: () => void): () => void {
  const query = darkQuery();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Two frames after the first commit the pixels are there. Hidden windows get no frames: a timer stands in. */
function usePainted(client: DesktopClient): void {
  useEffect(() => {
    let told = false;
    const tell = () => {
      if (told) return;
      told = true;
      client.call('window.painted', null).catch((error: unknown) => {
        console.warn('window.painted was refused', error instanceof Error ? error.message : '');
      });
    };
    const frame = requestAnimationFrame(() => requestAnimationFrame(tell));
    const timer = setTimeout(tell, 300);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [client]);
}
