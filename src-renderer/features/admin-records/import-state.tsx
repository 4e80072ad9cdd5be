// How an import stands, as a chip with how far it is, and as a bar.
import { useTranslation } from 'react-i18next';
import type { RecordImport } from '#shared/admin/records-contract.ts';
import { Chip, type Tone } from '../../parts/chip.tsx';
import type { Icon } from '../../parts/icons.ts';
import { IconAlertTriangle, IconCheck, IconClockFilled, IconRefresh } from '../../parts/icons.ts';
import styles from './records.module.css';

const looks: Readonly<Record<RecordImport['state'], { readonly tone: Tone; readonly icon: Icon }>> = {
  uploaded: { tone: 'quiet', icon: IconClockFilled },
  running: { tone: 'accent', icon: IconRefresh },
  done: { tone: 'good', icon: IconCheck },
  failed: { tone: 'bad', icon: IconAlertTriangle },
};

export function ImportState({ shown }: { readonly shown: RecordImport }) {
  const { t } = useTranslation('admin');
  const { tone, icon } = looks[shown.state];
  const percent = Math.floor((100 * shown.rowsDone) / Math.max(1, shown.rows));
  return (
    <span className={styles.state}>
      <Chip tone={tone} icon={icon}>
        {t(`records.states.${shown.state}`)}
      </Chip>
      {(shown.state === 'running' || shown.state === 'failed') && (
        <span className="oh-figures">{t('records.percent', { percent })}</span>
      )}
    </span>
  );
}

export function ProgressBar(props: { readonly text: string; readonly done: number; readonly total: number }) {
  return (
    <div className={styles.progress}>
      <progress max={Math.max(1, props.total)} value={props.done} aria-label={props.text} />
      <p className={`oh-figures ${styles.quiet}`}>{props.text}</p>
    </div>
  );
}
