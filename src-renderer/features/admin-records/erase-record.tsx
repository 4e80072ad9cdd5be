// Erases a record for good: it is searched for, and erased after a word about what goes and what stays.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundRecord } from '#shared/admin/records-contract.ts';
import { recordName } from '#shared/domain/record.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFoundRecords } from '../../client/use-found-records.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { IconSearch } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { numberAsWritten } from '../../parts/number-as-written.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import styles from './records.module.css';

const mostFound = 20;

export function EraseRecord({ drawer }: { readonly drawer: DrawerControl }) {
  const { t } = useTranslation('admin');
  const [text, setText] = useState('');
  const [erased, setErased] = useState<string | null>(null);
  const { found, refusal, forget } = useFoundRecords(text.trim());
  return (
    <Drawer
      drawer={drawer}
      title={t('records.eraseTitle')}
      about={t('records.eraseLead')}
      typed={false}
      saveWord={null}
      running={false}
      refusal={refusal}
      onSave={() => undefined}
    >
      <TextInput
        type="search"
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        aria-label={t('records.eraseSearch')}
        placeholder={t('records.eraseSearch')}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setErased(null);
          setText(event.currentTarget.value);
        }}
      />
      {erased !== null && <Notice>{t('records.erased', { name: erased })}</Notice>}
      {!found && erased === null && refusal === null && (
        <p className={styles.formats}>{t('records.eraseFirst')}</p>
      )}
      {found?.length === 0 && erased === null && (
        <p className={styles.quiet} role="status">
          {t('records.eraseNone')}
        </p>
      )}
      {found && found.length > 0 && (
        <ul className={styles.found} aria-label={t('records.eraseResults')}>
          {found.map((record) => (
            <Found
              key={record.id}
              record={record}
              onErased={(name) => {
                forget(record.id);
                setErased(name);
              }}
            />
          ))}
        </ul>
      )}
      {found?.length === mostFound && <p className={styles.formats}>{t('records.eraseMany')}</p>}
    </Drawer>
  );
}

function Found({ record, onErased }: { readonly record: FoundRecord; onErased(name: string): void }) {
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const readOnly = useReadOnly();
  const erase = useCommand('admin.records.erase');
  const [asking, setAsking] = useState(false);
  const project = useAdminList('projects').answer?.find(({ id }) => id === record.projectId);
  const name = recordName(record) || numberAsWritten(record.numbers[0]?.number ?? '') || t('records.unnamed');
  const about = [
    tAll(`recordKind.${record.kind}`),
    ...record.numbers.slice(0, 2).map(({ number }) => numberAsWritten(number)),
    record.emails[0],
    record.city,
    project?.settings.name,
  ].filter((part) => part !== undefined && part !== '' && part !== name);
  const go = async () => {
    if ((await erase.run({ recordId: record.id })) === undefined) setAsking(false);
    else onErased(name);
  };
  return (
    <li className={styles.foundOne}>
      <div className={styles.foundLine}>
        <div>
          <div className={styles.foundName}>{name}</div>
          <div className={styles.foundAbout}>{about.join(' · ')}</div>
        </div>
        {!asking && (
          <Button
            size="small"
            aria-label={t('records.eraseOf', { name })}
            disabled={readOnly}
            onClick={() => setAsking(true)}
          >
            {t('records.eraseShort')}
          </Button>
        )}
      </div>
      {asking && (
        <Confirm
          title={t('records.eraseAsk', { name })}
          text={
            <div className={styles.what}>
              <p>{t('records.eraseGoes')}</p>
              <p>{t('records.eraseStays')}</p>
              <p>{t('records.eraseBackups')}</p>
            </div>
          }
          word={t('records.eraseYes')}
          running={erase.running}
          onYes={() => void go()}
          onNo={() => setAsking(false)}
        />
      )}
      <RefusalNotice reason={erase.refusal} />
    </li>
  );
}
