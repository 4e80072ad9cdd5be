// The bottom of the work area: the call that rings, runs or is wrapped up, and the undo after a save.
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { useCommand, useLive } from '../client/desktop-context.tsx';
import { OfferStrip } from '../features/answer-call/offer-strip.tsx';
import { LiveStrip } from '../features/in-call/live-strip.tsx';
import { isLive } from '../features/in-call/use-call-controls.ts';
import { RoutePanel } from '../features/route-call/route-panel.tsx';
import { TransferStrip } from '../features/route-call/transfer-strip.tsx';
import { UndoBar } from '../features/undo-save/undo-bar.tsx';
import { useUndoable } from '../features/undo-save/use-undoable.ts';
import { WrapUpClock } from '../features/wrap-up/wrap-up-clock.tsx';
import { Button } from '../parts/button.tsx';
import { IconExternalLink, IconForms } from '../parts/icons.ts';
import { usePartyText } from '../parts/party.tsx';
import styles from './call-dock.module.css';

export interface CallDockProps {
  /** Shows a call where it can be worked on. */
  onOpenCall(callId: CallId): void;
  /** Whose form stands in the detail side. */
  readonly formOf: CallId | null;
  onToggleForm(callId: CallId): void;
}

export function CallDock({ onOpenCall, formOf, onToggleForm }: CallDockProps) {
  const calls = useLive('calls');
  const undoable = useUndoable();
  const live = calls.findLast(isLive);
  // An order's call is wrapped up by its outcome.
  const wrapUp = calls.find((call) => call.phase === 'wrapUp' && call.orderId === null);
  const offers = calls
    .filter((call) => call.phase === 'offered')
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  if (!live && !wrapUp && offers.length === 0 && !undoable) return null;
  const formButton = (callId: CallId) => (
    <FormButton shown={formOf === callId} onToggle={() => onToggleForm(callId)} />
  );
  return (
    <div className={styles.dock}>
      {undoable && <UndoBar entry={undoable} onUndone={onOpenCall} />}
      {offers.map((call) => (
        <OfferStrip key={call.callId} call={call} formButton={call.form.open && formButton(call.callId)} />
      ))}
      {live && (
        <LiveCall
          key={live.callId}
          call={live}
          formButton={live.orderId === null && formButton(live.callId)}
        />
      )}
      {wrapUp && <WrapUpStrip call={wrapUp} formButton={formButton(wrapUp.callId)} />}
    </div>
  );
}

interface StripProps {
  readonly call: CallView;
  readonly formButton: ReactNode;
}

function FormButton({ shown, onToggle }: { readonly shown: boolean; onToggle(): void }) {
  const { t } = useTranslation();
  return (
    <Button
      icon={IconForms}
      keys="F"
      shortcut="f"
      hint={t('call.formHint')}
      aria-pressed={shown}
      onClick={onToggle}
    >
      {t('call.form')}
    </Button>
  );
}

/** Whom to give the call to is asked above its strip, as far to the right as its buttons. */
function LiveCall({ call, formButton }: StripProps) {
  const [routeOpen, setRouteOpen] = useState(false);
  const showRoute = routeOpen && call.intents.transfer;
  const toggle = () => setRouteOpen(!showRoute);
  return (
    <>
      {(showRoute || call.transfer) && (
        <div className={styles.route}>
          {showRoute ? (
            <RoutePanel call={call} onClose={toggle} />
          ) : (
            <TransferStrip call={call} typing={true} onRouteAgain={toggle} />
          )}
        </div>
      )}
      <LiveStrip call={call} routeOpen={showRoute} onToggleRoute={toggle} formButton={formButton} />
    </>
  );
}

/** The wrap-up itself is written in the call box; here stands that it is due and how long. */
function WrapUpStrip({ call, formButton }: StripProps) {
  const { t } = useTranslation();
  const party = usePartyText()(call.remote);
  const showBox = useCommand('window.showCallBox');
  return (
    <section className={styles.wrapUp} aria-label={t('wrapUp.title')}>
      <span className={styles.light} aria-hidden="true" />
      <span className={styles.name}>{party.title}</span>
      <span className={styles.word}>{t('wrapUp.title')}</span>
      <WrapUpClock call={call} />
      {formButton}
      <Button icon={IconExternalLink} onClick={() => void showBox.run(null)}>
        {t('call.showBox')}
      </Button>
    </section>
  );
}
