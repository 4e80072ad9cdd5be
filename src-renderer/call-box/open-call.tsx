// A call that is being made, runs, or is being wrapped up. One component for all of these, because the note's
// field must stay the same element when the call ends under the typing hands.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand, useLive } from '../client/desktop-context.tsx';
import { CallSummary } from '../features/in-call/call-summary.tsx';
import { ControlRow } from '../features/in-call/control-row.tsx';
import { Keypad } from '../features/in-call/keypad.tsx';
import { SilenceNotice } from '../features/in-call/silence-notice.tsx';
import { isLive, useCallControls } from '../features/in-call/use-call-controls.ts';
import { useCallKeys } from '../features/in-call/use-call-keys.ts';
import { RoutePanel } from '../features/route-call/route-panel.tsx';
import { TransferStrip } from '../features/route-call/transfer-strip.tsx';
import { SaveBar } from '../features/wrap-up/save-bar.tsx';
import { isOfForm, saveObstacle } from '../features/wrap-up/save-readiness.ts';
import { useFinishCall } from '../features/wrap-up/use-finish-call.ts';
import { useWrapUpKeys } from '../features/wrap-up/use-wrap-up-keys.ts';
import { NoteField } from '../features/write-note/note-field.tsx';
import { useDraft } from '../features/write-note/use-draft.ts';
import { Button } from '../parts/button.tsx';
import { CutOffNotice } from '../parts/cut-off-notice.tsx';
import { DispositionPicker } from '../parts/disposition-picker.tsx';
import { IconForms } from '../parts/icons.ts';
import { isTyping, plainKey, useWindowKeys } from '../parts/keyboard.ts';
import { Notice } from '../parts/notice.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { isStillTyping, noteTypingEnded } from '../parts/typing-guard.ts';
import styles from './call-box.module.css';

export function OpenCall({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const note = useRef<HTMLTextAreaElement>(null);
  const dispositions = useLive('dispositions').filter((each) => each.projectId === call.projectId);
  const draft = useDraft(call.draft);
  const controls = useCallControls(call);
  const finish = useFinishCall(call.callId, () => draft.keeper.flush());
  const [keypadOpen, setKeypadOpen] = useState(false);
  const [routeOpen, setRouteOpen] = useState(false);
  const typing = useFocusWithin(note);
  const openAgent = useCommand('window.openAgent');
  const openForm = () => openAgent.run({ callId: call.callId });

  const live = isLive(call);
  const wrapUp = call.phase === 'wrapUp';
  const showRoute = routeOpen && call.intents.transfer;
  const showKeypad = keypadOpen && !showRoute && live && call.answeredAtMs !== null;
  const obstacle = saveObstacle(draft, dispositions, call.dispositionRequired, call.form);
  const toggleKeypad = () => {
    setKeypadOpen(!showKeypad);
    // Digits go to the keypad while it is open, so the note must not hold the focus; and back again.
    if (showKeypad) note.current?.focus();
    else note.current?.blur();
    noteTypingEnded();
  };

  const toggleRoute = () => {
    if (!showRoute && !call.intents.transfer) return;
    setRouteOpen(!showRoute);
    if (showRoute) note.current?.focus();
    noteTypingEnded();
  };

  useNoteFocus(note, call);
  useWindowKeys((event) => {
    const free = event.altKey || !isTyping(event.target);
    if (!free || event.ctrlKey || event.metaKey || plainKey(event) !== 'n' || isStillTyping()) return;
    event.preventDefault();
    note.current?.focus();
  });
  useCallKeys(
    live
      ? { controls, keypadOpen: showKeypad, onToggleKeypad: toggleKeypad, onToggleRoute: toggleRoute }
      : null,
  );
  useWrapUpKeys(
    wrapUp
      ? {
          dispositions,
          onChoose: (id) => draft.keeper.setDisposition(id),
          onSave: () => {
            if (obstacle === null) void finish.save();
          },
        }
      : null,
  );

  return (
    <section className={styles.open} aria-label={t(`call.phase.${call.phase}`)}>
      <CallSummary call={call} />
      {live && (
        <ControlRow
          call={call}
          controls={controls}
          keypadOpen={showKeypad}
          onToggleKeypad={toggleKeypad}
          routeOpen={showRoute}
          onToggleRoute={toggleRoute}
          typing={typing}
        />
      )}
      {(live || wrapUp) && <TransferStrip call={call} typing={typing} onRouteAgain={toggleRoute} />}
      {live && <SilenceNotice call={call} />}
      {live && call.remoteHold && <Notice>{t('call.remoteHold')}</Notice>}
      {wrapUp && <CutOffNotice call={call} />}
      {live && <RefusalNotice reason={controls.refusal} />}
      {showRoute && <RoutePanel call={call} onClose={toggleRoute} />}
      {showKeypad && (
        <Keypad sent={call.dtmfSent} disabled={!call.intents.sendDtmf} onTone={controls.sendTone} />
      )}
      {call.orderId === null ? (
        <NoteField key="note" ref={note} draft={draft} roomy={live && !showKeypad && !showRoute} />
      ) : (
        <Notice>{t('call.ofOrder')}</Notice>
      )}
      {wrapUp && (
        <DispositionPicker
          dispositions={dispositions}
          chosen={draft.dispositionId}
          onChoose={(id) => draft.keeper.setDisposition(id)}
          optional={!call.dispositionRequired}
        />
      )}
      {wrapUp && isOfForm(obstacle) && (
        <Button icon={IconForms} disabled={openAgent.running} onClick={() => void openForm()}>
          {t('call.openForm')}
        </Button>
      )}
      {wrapUp && <SaveBar finish={finish} obstacle={obstacle} />}
    </section>
  );
}

/** Talking begins: the next thing typed is the note. Within the window only; the window itself takes no focus. */
function useNoteFocus(note: { readonly current: HTMLTextAreaElement | null }, call: CallView): void {
  const talking = call.answeredAtMs !== null;
  useEffect(() => {
    if (talking) note.current?.focus({ preventScroll: true });
  }, [note, talking]);
}

function useFocusWithin(element: { readonly current: HTMLElement | null }): boolean {
  const [within, setWithin] = useState(false);
  useEffect(() => {
    const look = () => setWithin(document.activeElement === element.current);
    look();
    document.addEventListener('focusin', look);
    document.addEventListener('focusout', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('focusout', look);
    };
  }, [element]);
  return within;
}
