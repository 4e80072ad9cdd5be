// Who the order is for, why it is handed out now, and the call: at once, after a countdown that can be stopped, or on a key.
import { useTranslation } from 'react-i18next';
import type { OrderCallEnd, WorkedOrder } from '#shared/desktop/dial-up-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { useCallWords } from '../../parts/call-words.ts';
import { Chip } from '../../parts/chip.tsx';
import { IconPhone, IconTargetArrow } from '../../parts/icons.ts';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { Notice } from '../../parts/notice.tsx';
import { OpenRecordButton } from '../../parts/open-record.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useSecondsLeft } from '../../parts/time.tsx';
import { isStillTyping } from '../../parts/typing-guard.ts';
import { OrderClock } from './order-clock.tsx';
import styles from './order-head.module.css';

export function OrderHead({ order }: { readonly order: WorkedOrder }) {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  const session = useLive('session');
  const dial = useCommand('dialUp.dial');
  const stop = useCommand('dialUp.stopCountdown');
  const { leased, intents } = order;
  const { record } = leased;
  const project =
    session.state === 'signedIn'
      ? session.projects.find(({ id }) => id === leased.order.projectId)?.name
      : undefined;
  const call = (number: string | null) => {
    if (intents.dial && !dial.running) void dial.run({ number });
  };
  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat) return;
    const key = plainKey(event);
    if (key === 'd' && intents.dial) call(null);
    else if (key === 's' && intents.stopCountdown) void stop.run(null);
    else return;
    event.preventDefault();
  });
  const title = order.name || order.numberShown || t('noName');
  return (
    <header className={styles.head}>
      <div className={styles.who}>
        <h2 className={styles.name}>
          <bdi>{record ? title : t('erased')}</bdi>
        </h2>
        <div className={styles.why}>{t(`why.${leased.why}`)}</div>
        <div className={styles.chips}>
          <Chip icon={IconTargetArrow} tone="accent">
            {words.mode(leased.mode, leased.modeName)}
          </Chip>
          <Chip>{leased.statusLabel}</Chip>
          {project && <span className={styles.project}>{project}</span>}
          <span className={styles.project}>{t('attempts', { count: leased.order.attempts })}</span>
        </div>
      </div>
      <OrderClock sinceMs={order.sinceMs} standardTimeMinutes={leased.standardTimeMinutes} />
      <div className={styles.call}>
        {order.dialsAtMs !== null && (
          <div className={styles.countdown}>
            <Countdown atMs={order.dialsAtMs} />
            <Button keys="S" shortcut="s Alt+s" disabled={stop.running} onClick={() => void stop.run(null)}>
              {t('stopCountdown')}
            </Button>
          </div>
        )}
        <Button
          tone="go"
          size="large"
          icon={IconPhone}
          keys="D"
          shortcut="d Alt+d"
          disabled={!intents.dial || dial.running}
          onClick={() => call(null)}
        >
          {t(order.callId === null ? 'dial' : 'dialAgain')}
        </Button>
        <OpenRecordButton recordId={record?.id ?? null} />
      </div>
      <Numbers order={order} onCall={call} />
      {order.callEnd && <LastCall end={order.callEnd} />}
      <Obstacles order={order} refusal={dial.refusal ?? stop.refusal} />
    </header>
  );
}

function Countdown({ atMs }: { readonly atMs: number }) {
  const { t } = useTranslation('dialUp');
  const seconds = useSecondsLeft(atMs);
  return (
    <span className={`oh-figures ${styles.seconds}`} role="timer">
      {t('dialsIn', { seconds })}
    </span>
  );
}

/** The first is the one that is dialled; another one by a click. */
function Numbers({ order, onCall }: { readonly order: WorkedOrder; onCall(number: string): void }) {
  const { t } = useTranslation('dialUp');
  const numbers = order.leased.record?.numbers ?? [];
  // That there is none is said below, with what to do about it.
  if (numbers.length === 0) return null;
  return (
    <ul className={styles.numbers}>
      {numbers.map(({ number, label, extension }, at) => {
        const shown = `${order.numbersShown[at] ?? ''}${extension && ` / ${extension}`}`;
        return (
          <li key={number}>
            <button
              type="button"
              className={styles.number}
              aria-current={number === order.number || undefined}
              aria-label={t('dialNumber', { number: `${shown} ${t(`number.${label}`)}` })}
              disabled={!order.intents.dial}
              onClick={() => onCall(number)}
            >
              <span className="oh-figures">{shown}</span>{' '}
              <span className={styles.label}>{t(`number.${label}`)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** What became of the call that was made last, for those who choose the outcome or dial again. */
function LastCall({ end }: { readonly end: OrderCallEnd }) {
  const { t } = useTranslation('dialUp');
  const format = useFormat();
  const words = useCallWords()({
    direction: 'outbound',
    missedReason: null,
    transferredTo: null,
    ...end,
  });
  return (
    <div className={styles.lastCall} role="status">
      <Chip icon={words.icon} tone={words.tone}>
        {t('lastCall', { time: format.time(end.endedAtMs), outcome: words.outcome })}
      </Chip>
      {end.outcome === 'failed' && <span>{t('lastCallFailed')}</span>}
    </div>
  );
}

function Obstacles({ order, refusal }: { readonly order: WorkedOrder; readonly refusal: string | null }) {
  const { t } = useTranslation('dialUp');
  const format = useFormat();
  const online = useLive('network').state === 'online';
  const { mayDial } = order.leased;
  const reason = refusal ?? order.notDialled;
  const isPermission = reason === 'outsideHours' || reason === 'doNotCall' || reason === 'leaseOver';
  const isSaid =
    (isPermission && (order.leaseOver || !mayDial.may)) || (reason === 'noNumber' && order.number === null);
  const words = useOrderWords();
  return (
    <div className={styles.obstacles}>
      {order.leased.record && order.number === null && <Notice tone="warn">{t('noNumber')}</Notice>}
      {order.modeClosed && (
        <Notice>{t('modeClosed', { mode: words.mode(order.leased.mode, order.leased.modeName) })}</Notice>
      )}
      {order.leaseOver && (
        <Notice tone="warn" title={t('leaseOver.title')}>
          {t('leaseOver.text')}
        </Notice>
      )}
      {!order.leaseOver && !mayDial.may && (
        <Notice tone="warn">
          {mayDial.reason === 'outsideHours' && mayDial.untilMs !== null
            ? t('mayNot.outsideHoursUntil', { time: format.dateTime(mayDial.untilMs) })
            : t(`mayNot.${mayDial.reason}`)}
        </Notice>
      )}
      {reason !== null && !isSaid && <RefusalNotice before="dialUp" reason={reason} />}
      {!online && <Notice tone="warn">{t('awayInOrder')}</Notice>}
    </div>
  );
}
