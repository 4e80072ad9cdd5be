// The call box: composes the faces of a call (ringing, talking, wrap-up) and asks for the height that they need.
// Which face shows is decided by the call's phase alone; the note's field stays the same element from talking
// into wrap-up, so that typing goes on without a break.
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useCommand, useLive } from '../client/desktop-context.tsx';
import type { TopicName } from '../client/live-store.ts';
import { useAnswerKeys } from '../features/answer-call/answer-buttons.tsx';
import { OtherOffers } from '../features/answer-call/other-offers.tsx';
import { RingingFace } from '../features/answer-call/ringing-face.tsx';
import { useAnswerCall } from '../features/answer-call/use-answer-call.ts';
import { isLive } from '../features/in-call/use-call-controls.ts';
import { UndoBar } from '../features/undo-save/undo-bar.tsx';
import { useUndoable } from '../features/undo-save/use-undoable.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { IconPhone } from '../parts/icons.ts';
import { isTyping } from '../parts/keyboard.ts';
import { noteTyping, noteTypingEnded } from '../parts/typing-guard.ts';
import styles from './call-box.module.css';
import { CallBoxHeader } from './call-box-header.tsx';
import { OpenCall } from './open-call.tsx';

export const callBoxTopics: readonly TopicName[] = ['calls', 'dispositions', 'session', 'settings'];

export function CallBox() {
  const { t } = useTranslation();
  const calls = useLive('calls');
  const answer = useAnswerCall();
  const undoable = useUndoable();
  const openAgent = useCommand('window.openAgent');
  const root = useRef<HTMLElement>(null);

  // The later of two: somebody gave this agent's end of a call on, and the call before is about to end.
  const open =
    calls.findLast(isLive) ?? calls.find((call) => call.phase === 'wrapUp' && call.orderId === null) ?? null;
  // Oldest first: what is under the pointer does not change when another call begins to ring.
  const offers = calls
    .filter((call) => call.phase === 'offered')
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  const main = open ? null : (offers[0] ?? null);
  const others = main ? offers.slice(1) : offers;
  useAnswerKeys(main, answer);
  const empty = !open && !main && !undoable;
  useFitHeight(root, empty ? 'nothing' : main ? 'ringing' : 'other');
  useHideWhenEmpty(empty);

  return (
    <main
      ref={root}
      className={styles.box}
      onPointerDownCapture={noteTypingEnded}
      onKeyDownCapture={(event) => {
        if (!isTyping(event.target)) return;
        if (event.key === 'Tab' || event.key === 'Escape') noteTypingEnded();
        else if (event.key.length === 1 && !event.altKey) noteTyping();
        // Leaves the note, so that the keys act alone again; destroys nothing.
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
      }}
    >
      <CallBoxHeader call={open ?? main} offers={offers.length} />
      {open && <OpenCall key={open.callId} call={open} />}
      {main && <RingingFace key={main.callId} call={main} answer={answer} />}
      <OtherOffers calls={others} answer={answer} />
      {!open && undoable && (
        <UndoBar entry={undoable} onUndone={(callId) => void openAgent.run({ callId })} />
      )}
      {empty && <EmptyState icon={IconPhone} title={t('callBox.empty')} text={t('callBox.emptyHint')} />}
    </main>
  );
}

/**
 * Tells main the height of the box's content whenever it changes: after each drawing, because a hidden window gets
 * no resize observations, and by observation, because fields and fonts settle without a drawing. A box that shows
 * nothing is out of sight: it takes the height of the last ringing already, so that the next one need not resize it.
 */
function useFitHeight(
  root: { readonly current: HTMLElement | null },
  shows: 'nothing' | 'ringing' | 'other',
): void {
  const client = useClient();
  const told = useRef(0);
  const ringingPx = useRef(0);
  const tell = useCallback(() => {
    const height = root.current?.getBoundingClientRect().height ?? 0;
    const fittingPx = Math.min(1200, Math.max(80, Math.ceil(height)));
    if (shows === 'ringing') ringingPx.current = fittingPx;
    const heightPx = shows === 'nothing' ? ringingPx.current || fittingPx : fittingPx;
    if (heightPx === told.current) return;
    told.current = heightPx;
    client.call('window.fitHeight', { heightPx }).catch((error: unknown) => {
      console.warn('window.fitHeight was refused', error instanceof Error ? error.message : '');
    });
  }, [client, root, shows]);
  useLayoutEffect(tell);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, tell]);
}

/** A box that has had something to show and has nothing left goes away by itself. */
function useHideWhenEmpty(empty: boolean): void {
  const client = useClient();
  const hadSomething = useRef(false);
  useEffect(() => {
    if (!empty) {
      hadSomething.current = true;
    } else if (hadSomething.current) {
      hadSomething.current = false;
      client.call('window.hide', null).catch((error: unknown) => {
        console.warn('window.hide was refused', error instanceof Error ? error.message : '');
      });
    }
  }, [client, empty]);
}
