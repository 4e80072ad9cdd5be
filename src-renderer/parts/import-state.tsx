// How an import stands, as a chip with how far it is.
import { useTranslation } from 'react-i18next';
import { Chip, type Tone } from './chip.tsx';
import type { Icon } from './icons.ts';
import { IconAlertTriangle, IconCheck, IconClockFilled, IconRefresh } from './icons.ts';
import type { ImportJob } from './import-job.ts';
import styles from './import-state.module.css';

const looks: Readonly<Record<ImportJob['state'], { readonly tone: Tone; readonly icon: Icon }>> = {
  uploaded: { tone: 'quiet', icon: IconClockFilled },
  running: { tone: 'accent', icon: IconRefresh },
  done: { tone: 'good', icon: IconCheck },
  failed: { tone: 'bad', icon: IconAlertTriangle },
};

export function ImportState({ shown }: { readonly shown: Pick<ImportJob, 'state' | 'rows' | 'rowsDone'> }) {
  const { t } = useTranslation('admin');
  const { tone, icon } = looks[shown.state];
  const percent = Math.floor((100 * shown.rowsDone) / Math.max(1, shown.rows));
  return (
    <span className={styles.state}>
      <Chip tone={tone} icon={icon}>
        {t(`csvImport.states.${shown.state}`)}
      </Chip>
      {(shown.state === 'running' || shown.state === 'failed') && (
        <span className="oh-figures">{t('csvImport.percent', { percent })}</span>
      )}
    </span>
  );
}
