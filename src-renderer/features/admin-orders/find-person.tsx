// Finds the person of a new order among the records, as one types.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundRecord } from '#shared/admin/records-contract.ts';
import { recordName } from '#shared/domain/record.ts';
import { useFoundRecords } from '../../client/use-found-records.ts';
import { Button } from '../../parts/button.tsx';
import { IconSearch } from '../../parts/icons.ts';
import { numberAsWritten } from '../../parts/number-as-written.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './orders.module.css';

export interface FindPersonProps {
  readonly error: string | undefined;
  onChosen(record: FoundRecord): void;
}

export function FindPerson({ error, onChosen }: FindPersonProps) {
  const { t } = useTranslation('admin');
  const [text, setText] = useState('');
  const { found, refusal } = useFoundRecords(text.trim());
  return (
    <>
      <TextInput
        type="search"
        label={t('orders.person')}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        placeholder={t('orders.personSearch')}
        maxLength={200}
        value={text}
        error={error}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter takes the one that was found, rather than saving the form around it.
          if (event.key !== 'Enter') return;
          event.preventDefault();
          const [only] = found ?? [];
          if (found?.length === 1 && only) onChosen(only);
        }}
      />
      {found?.length === 0 && (
        <p className={styles.quiet} role="status">
          {t('orders.personNone')}
        </p>
      )}
      {found && found.length > 0 && (
        <ul className={styles.found} aria-label={t('orders.personResults')}>
          {found.map((record) => {
            const name = recordName(record) || t('orders.noName');
            const about = [...record.numbers.map(({ number }) => numberAsWritten(number)), record.city];
            return (
              <li key={record.id} className={styles.person}>
                <div className={styles.personWords}>
                  <div className={styles.name}>{name}</div>
                  <div className={styles.personAbout}>{about.filter((each) => each !== '').join(' · ')}</div>
                </div>
                <Button
                  size="small"
                  aria-label={`${t('orders.choose')}: ${name}`}
                  onClick={() => onChosen(record)}
                >
                  {t('orders.choose')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <RefusalNotice reason={refusal} />
    </>
  );
}
