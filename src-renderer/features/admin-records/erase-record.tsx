// Erases a record for good: it is searched for, and erased after a word about what goes and what stays.
import { TextInput } from '@mantine/core';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundRecord } from '#shared/admin/records-contract.ts';
import { recordName } from '#shared/domain/record.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { IconSearch } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import styles from './records.module.css';

const settledMs = 250;
const mostFound = 20;

export function EraseRecord({ drawer }: { readonly drawer: DrawerControl }) {
  const { t } = useTranslation('admin');
  const [text, setText] = useState('');
  const [erased, setErased] = useState<string | null>(null);
  const { found, refusal, forget } = useFound(text.trim());
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

/** What the hub finds by this; null where nothing is asked. */
function useFound(text: string) {
  const client = useClient();
  const [found, setFound] = useState<readonly FoundRecord[] | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => {
    if (text === '') return setFound(null);
    let isOver = false;
    const ask = async () => {
      try {
        const records = await client.call('admin.records.find', { text });
        if (isOver) return;
        setFound(records);
        setRefusal(null);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        if (!isOver) setRefusal(error.reason);
      }
    };
    const timer = setTimeout(() => void ask(), settledMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [client, text]);
  const forget = (id: FoundRecord['id']) =>
    setFound((before) => before?.filter((each) => each.id !== id) ?? null);
  return { found, refusal, forget };
}

function Found({ record, onErased }: { readonly record: FoundRecord; onErased(name: string): void }) {
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const readOnly = useReadOnly();
  const erase = useCommand('admin.records.erase');
  const [asking, setAsking] = useState(false);
  const project = useAdminList('projects').answer?.find(({ id }) => id === record.projectId);
  const name = recordName(record) || asWritten(record.numbers[0]?.number ?? '') || t('records.unnamed');
  const about = [
    tAll(`recordKind.${record.kind}`),
    ...record.numbers.slice(0, 2).map(({ number }) => asWritten(number)),
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
        <div className={styles.columnWords}>
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

/** E.164 as people write it; anything else as it is. */
function asWritten(number: string): string {
  return number.startsWith('+')
    ? (parsePhoneNumberFromString(number)?.formatInternational() ?? number)
    : number;
}
