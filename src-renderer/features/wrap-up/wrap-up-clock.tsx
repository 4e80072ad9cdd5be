// How much of the wrap-up is left, and one more minute for it. The last ten seconds are marked.
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { formatDuration } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { useSecondsLeft } from '../../parts/time.tsx';
import styles from './wrap-up-clock.module.css';

const extensionMs = 60_000;

export function WrapUpClock({ call }: { readonly call: CallView }) {
  const { t } = useTranslation();
  const extend = useCommand('calls.extendWrapUp');
  if (call.wrapUpEndsAtMs === null) return <span className={styles.left}>{t('wrapUp.noLimit')}</span>;
  return (
    <>
      <TimeLeft untilMs={call.wrapUpEndsAtMs} />
      <Button
        tone="plain"
        size="small"
        hint={t('wrapUp.extendHint')}
        onClick={() => void extend.run({ callId: call.callId, byMs: extensionMs })}
      >
        {t('wrapUp.extend')}
      </Button>
    </>
  );
}

function TimeLeft({ untilMs }: { readonly untilMs: number }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(untilMs);
  return (
    <span className={styles.left} data-soon={seconds <= 10 || undefined} role="timer">
      <span className="oh-figures">{t('wrapUp.timeLeft', { time: formatDuration(seconds * 1000) })}</span>
    </span>
  );
}
