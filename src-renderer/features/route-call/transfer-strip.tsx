// What a transfer is doing: to whom, how far, for how long, and the way back; afterwards why it came to nothing, or that
// it is done. Stands where the call's controls are.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconArrowBackUp, IconArrowForwardUp, IconCheck } from '../../parts/icons.ts';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { Notice } from '../../parts/notice.tsx';
import { usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { Elapsed } from '../../parts/time.tsx';
import { isStillTyping } from '../../parts/typing-guard.ts';
import styles from './transfer-strip.module.css';

export interface TransferStripProps {
  readonly call: CallView;
  /** True while the focus is in the note: the key needs Alt. */
  readonly typing: boolean;
  /** Opens the choice again. */
  onRouteAgain(): void;
}

/** Draws nothing where the call was given to nobody. */
export function TransferStrip({ call, typing, onRouteAgain }: TransferStripProps) {
  const { transfer } = call;
  if (!transfer) return null;
  switch (transfer.progress) {
    case 'failed':
      return <Failed call={call} onRouteAgain={onRouteAgain} />;
    case 'done':
      return <Done call={call} />;
    default:
      return <UnderWay call={call} typing={typing} />;
  }
}

type WithTransfer = Pick<TransferStripProps, 'call'>;

function UnderWay({ call, typing }: WithTransfer & { readonly typing: boolean }) {
  const { t } = useTranslation();
  const takeBack = useCommand('calls.takeBack');
  const letGo = useCommand('calls.letGo');
  const party = usePartyText()(call.remote);
  const { callId, intents, transfer } = call;
  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat || plainKey(event) !== 'b') return;
    event.preventDefault();
    if (intents.takeBack) void takeBack.run({ callId });
  });
  if (!transfer || transfer.progress === 'failed' || transfer.progress === 'done') return null;
  return (
    <section className={styles.strip} aria-label={t('route.underWay')}>
      <div className={styles.line}>
        <span className={styles.light} aria-hidden="true" />
        <span className={styles.what} role="status">
          {t(`route.progress.${transfer.progress}`, { name: transfer.to })}
        </span>
        <span className={styles.timer}>
          <Elapsed sinceMs={transfer.sinceMs} />
        </span>
      </div>
      <p className={styles.meanwhile}>{t('route.meanwhile', { name: party.title })}</p>
      <div className={styles.buttons}>
        <Button
          icon={IconArrowBackUp}
          keys={typing ? `${t('keys.alt')} B` : 'B'}
          shortcut="B Alt+B"
          disabled={!intents.takeBack || takeBack.running}
          onClick={() => void takeBack.run({ callId })}
        >
          {t('route.takeBack')}
        </Button>
        {intents.letGo && (
          <Button icon={IconCheck} disabled={letGo.running} onClick={() => void letGo.run({ callId })}>
            {t('route.letGo')}
          </Button>
        )}
      </div>
      <RefusalNotice reason={takeBack.refusal ?? letGo.refusal} />
    </section>
  );
}

function Failed({ call, onRouteAgain }: Omit<TransferStripProps, 'typing'>) {
  const { t } = useTranslation();
  const dismiss = useCommand('calls.dismissTransfer');
  const party = usePartyText()(call.remote);
  const { callId, transfer } = call;
  if (!transfer) return null;
  const why = transfer.failure ?? 'other';
  return (
    <Notice
      tone="warn"
      title={t(`route.failed.${why}`, { name: transfer.to })}
      actions={
        <>
          {why !== 'lineCannot' && (
            <Button
              size="small"
              icon={IconArrowForwardUp}
              disabled={!call.intents.transfer}
              onClick={onRouteAgain}
            >
              {t('route.again')}
            </Button>
          )}
          <Button size="small" tone="plain" onClick={() => void dismiss.run({ callId })}>
            {t('route.dismiss')}
          </Button>
        </>
      }
    >
      {call.phase === 'held'
        ? t('route.backOnHold', { name: party.title })
        : t('route.withYou', { name: party.title })}
    </Notice>
  );
}

function Done({ call }: WithTransfer) {
  const { t } = useTranslation();
  return <Notice>{t('route.done', { name: call.transfer?.to ?? '' })}</Notice>;
}
