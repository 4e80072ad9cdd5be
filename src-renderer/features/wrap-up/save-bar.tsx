// Save with its key, and beside it in words what is still missing.
import { useTranslation } from 'react-i18next';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { Button } from '../../parts/button.tsx';
import styles from './save-bar.module.css';
import type { SaveObstacle } from './save-readiness.ts';
import type { FinishCall } from './use-finish-call.ts';

const saidBeforehand: readonly string[] = [
  'dispositionRequired',
  'dispositionGone',
  'noteRequired',
  'recordGone',
  'fieldsMissing',
  'fieldsInvalid',
];

export interface SaveBarProps {
  readonly finish: FinishCall;
  readonly obstacle: SaveObstacle | null;
  /** What the form still lacks, in words: Save may be tried all the same, and shows where. */
  readonly missing?: string | null;
}

export function SaveBar({ finish, obstacle, missing = null }: SaveBarProps) {
  const { t } = useTranslation();
  const text = useRefusalText();
  // A refusal that an obstacle explains already, or that has been mended since, is not said twice.
  const mended = saidBeforehand.includes(finish.refusal ?? '');
  const refusal = finish.refusal !== null && !mended ? finish.refusal : null;
  return (
    <div className={styles.bar}>
      <div className={styles.why} role="status" data-tone={refusal ? 'bad' : undefined}>
        {refusal ? text(refusal) : obstacle ? text(obstacle) : missing}
      </div>
      <Button
        tone="accent"
        size="large"
        wide
        keys={`${t('keys.ctrl')} ${t('keys.enter')}`}
        shortcut="Control+Enter"
        disabled={obstacle !== null || finish.saving}
        onClick={() => void finish.save()}
      >
        {finish.saving ? t('wrapUp.saving') : t('wrapUp.save')}
      </Button>
    </div>
  );
}
