// How a record is reached: each number dials, each e-mail address can be copied.
import { useTranslation } from 'react-i18next';
import type { RecordPage } from '#shared/desktop/records-contract.ts';
import { DetailSection } from '../../parts/detail-page.tsx';
import { IconMail, IconPhone } from '../../parts/icons.ts';
import styles from './record-detail.module.css';

export interface RecordNumbersProps {
  readonly page: RecordPage;
  onCall(number: string): void;
}

export function RecordNumbers({ page, onCall }: RecordNumbersProps) {
  const { t } = useTranslation('records');
  const { numbers, emails } = page.record;
  return (
    <DetailSection title={t('record.numbers')}>
      {numbers.length === 0 && <p className={styles.none}>{t('record.noNumbers')}</p>}
      <ul className={styles.reach}>
        {numbers.map(({ number, extension, label }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same number may stand there twice
          <li key={`${number} ${at}`}>
            <button
              type="button"
              className={styles.reachNumber}
              title={t('record.callNumber', { number })}
              onClick={() => onCall(number)}
            >
              <IconPhone size={16} stroke={1.75} aria-hidden="true" />
              <span className="oh-unseen">{t('record.call')}</span>{' '}
              <span className="oh-figures">{page.numbersShown[at] ?? number}</span>
              {extension !== '' && (
                <span className={styles.quiet}>{t('record.extension', { extension })}</span>
              )}
            </button>
            <span className={styles.quiet}>{t(`record.numberLabel.${label}`)}</span>
          </li>
        ))}
        {emails.map((email) => (
          <li key={email}>
            <span className={styles.reachEmail}>
              <IconMail size={16} stroke={1.75} aria-hidden="true" />
              <span className={styles.selectable}>{email}</span>
            </span>
          </li>
        ))}
      </ul>
    </DetailSection>
  );
}
