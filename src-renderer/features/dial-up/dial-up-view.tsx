// The Dial-up area: the order on the desk, or in words why there is none and what comes next; at its foot what was done today.
import { useTranslation } from 'react-i18next';
import type { DialUpView as View } from '#shared/desktop/dial-up-contract.ts';
import { assertNever } from '#shared/domain/assert-never.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { useNow } from '../../client/use-now.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import {
  IconCheck,
  IconCloudOff,
  IconListCheck,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRefresh,
} from '../../parts/icons.ts';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import { Notice } from '../../parts/notice.tsx';
import { useOrderWords } from '../../parts/order-words.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { isStillTyping } from '../../parts/typing-guard.ts';
import styles from './dial-up-view.module.css';
import { OrderFacts } from './order-facts.tsx';
import { OrderHead } from './order-head.tsx';
import { OrderUndo } from './order-undo.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { Today } from './today.tsx';

export function DialUpView() {
  const { t } = useTranslation('dialUp');
  const view = useLive('dialUp');
  const online = useLive('network').state === 'online';
  const { order, undo } = view;
  // Its own row is in the outbox while it can be taken back, which is no news.
  const unsent = view.unsent - (undo ? 1 : 0);
  // With an order on the desk it is said there.
  const saysSo = order !== null && !online;
  return (
    <section className={styles.area} aria-label={t('title')}>
      <h1 className="oh-unseen">{t('title')}</h1>
      {undo && <OrderUndo key={undo.orderId + undo.untilMs} undo={undo} />}
      {unsent > 0 && !saysSo && (
        <div className={styles.unsent}>
          <Notice>{t('unsent', { count: unsent })}</Notice>
        </div>
      )}
      {order ? (
        <article className={styles.card} key={order.leased.leaseId}>
          <OrderHead order={order} />
          <OrderFacts order={order} />
          <OutcomePanel order={order} />
        </article>
      ) : (
        <div className={styles.without}>
          <WithoutOrder view={view} />
        </div>
      )}
      <Foot view={view} />
    </section>
  );
}

function WithoutOrder({ view }: { readonly view: View }) {
  const { t } = useTranslation('dialUp');
  switch (view.state) {
    case 'order':
      return null;
    case 'off':
      return (
        <EmptyState icon={IconListCheck} title={t('off.title')} text={t('off.text')}>
          <div className={styles.begin}>
            <Begin />
            <Modes modes={view.modes} />
          </div>
        </EmptyState>
      );
    case 'asking':
      return <EmptyState icon={IconRefresh} title={t('asking.title')} text={t('asking.text')} />;
    case 'nothing':
      return (
        <EmptyState icon={IconCheck} title={t('nothing.title')} text={t('nothing.text')}>
          {view.nextAtMs !== null && <NextDue atMs={view.nextAtMs} />}
        </EmptyState>
      );
    case 'closed':
      return <EmptyState icon={IconPlayerPauseFilled} title={t('closed.title')} text={t('closed.text')} />;
    case 'hubAway':
      return <EmptyState icon={IconCloudOff} title={t('hubAway.title')} text={t('hubAway.text')} />;
    case 'busy':
      return <EmptyState icon={IconPlayerPauseFilled} title={t('busy.title')} text={t('busy.text')} />;
    default:
      return assertNever(view.state);
  }
}

function NextDue({ atMs }: { readonly atMs: number }) {
  const { t } = useTranslation('dialUp');
  const format = useFormat();
  const isToday = new Date(atMs).toDateString() === new Date(useNow(60_000)).toDateString();
  return isToday
    ? t('nothing.nextToday', { time: format.time(atMs) })
    : t('nothing.next', { time: format.dateTime(atMs) });
}

function Begin() {
  const { t } = useTranslation('dialUp');
  const start = useCommand('dialUp.start');
  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat || plainKey(event) !== 'g') return;
    event.preventDefault();
    void start.run(null);
  });
  return (
    <>
      <Button
        tone="accent"
        size="large"
        icon={IconPlayerPlayFilled}
        keys="G"
        shortcut="g Alt+g"
        disabled={start.running}
        onClick={() => void start.run(null)}
      >
        {t('begin')}
      </Button>
      <RefusalNotice before="dialUp" reason={start.refusal} />
    </>
  );
}

function Modes({ modes }: Pick<View, 'modes'>) {
  const { t } = useTranslation('dialUp');
  const words = useOrderWords();
  const session = useLive('session');
  const projects = session.state === 'signedIn' ? session.projects : [];
  return (
    <ul className={styles.modes} aria-label={t('off.modes')}>
      {modes.map(({ projectId, mode, name }) => (
        <li key={`${projectId} ${mode}`}>
          <Chip>
            {[words.mode(mode, name), projects.find(({ id }) => id === projectId)?.name]
              .filter(Boolean)
              .join(' · ')}
          </Chip>
        </li>
      ))}
    </ul>
  );
}

function Foot({ view }: { readonly view: View }) {
  const { t } = useTranslation('dialUp');
  const stop = useCommand('dialUp.stop');
  const pause = useCommand('dialUp.pauseAfterThis');
  const { order, pauseAfterThis } = view;
  const begun = order !== null && (order.callId !== null || order.draft.note.trim() !== '');
  const toggle = () => void pause.run({ on: !pauseAfterThis });
  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat || plainKey(event) !== 'p' || !order) return;
    event.preventDefault();
    toggle();
  });
  return (
    <footer className={styles.foot}>
      <Today today={view.today} />
      <RefusalNotice before="dialUp" reason={stop.refusal ?? pause.refusal} />
      {order && (
        <Button
          icon={IconPlayerPauseFilled}
          keys="P"
          shortcut="p Alt+p"
          hint={t('pauseHint')}
          aria-pressed={pauseAfterThis}
          onClick={toggle}
        >
          {t('pause')}
        </Button>
      )}
      {view.state !== 'off' && (
        <Button
          hint={t(begun ? 'stopLater' : 'stopHint')}
          disabled={begun || stop.running}
          onClick={() => void stop.run(null)}
        >
          {t('stop')}
        </Button>
      )}
    </footer>
  );
}
