// Which team server this desktop belongs to: one quiet line that unfolds to an address. Nothing changes until the hub
// there has answered, and then at once.
import { TextInput, UnstyledButton } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { IconChevronDown } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './team-server.module.css';

export function TeamServer() {
  const { t } = useTranslation();
  const hub = useLive('hubAddress');
  const choose = useCommand('hubAddress.choose');
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const panelId = useId();
  const shown = hub.address ?? t('signIn.teamServerPractice');
  const address = typed ?? hub.address ?? '';

  const move = async (to: string | null) => {
    setMissing(false);
    if ((await choose.run({ address: to })) === undefined) return;
    setTyped(null);
    setOpen(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (choose.running) return;
    if (address.trim() === '') setMissing(true);
    else void move(address);
  };

  return (
    <section className={styles.server} aria-label={t('signIn.teamServer')}>
      <UnstyledButton
        className={styles.line}
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.name}>{t('signIn.teamServer')}</span>
        <span className={styles.address}>{shown}</span>
        <IconChevronDown size={16} stroke={2} aria-hidden="true" className={styles.chevron} />
      </UnstyledButton>
      <div id={panelId} hidden={!open} className={styles.panel}>
        {open && hub.setByEnvironment && <p className={styles.text}>{t('signIn.teamServerFixed')}</p>}
        {open && !hub.setByEnvironment && (
          <form className={styles.form} onSubmit={submit} noValidate>
            <RefusalNotice reason={choose.refusal} />
            <TextInput
              label={t('signIn.teamServerAddress')}
              placeholder="wss://hub.example.org"
              inputMode="url"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={500}
              value={address}
              error={missing ? t('signIn.teamServerMissing') : null}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
                choose.forget();
              }}
            />
            <div className={styles.actions}>
              <Button type="submit" disabled={choose.running}>
                {choose.running ? t('signIn.teamServerAsking') : t('signIn.teamServerUse')}
              </Button>
              {hub.address !== null && (
                <Button tone="plain" disabled={choose.running} onClick={() => void move(null)}>
                  {t('signIn.teamServerPractice')}
                </Button>
              )}
            </div>
          </form>
        )}
      </div>
    </section>
  );
}
