// A new API key: its name, what it may do, and then the key itself, shown this once.
import { Checkbox, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKey, type ApiScope, apiScope } from '#shared/admin/system-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { useFieldErrors } from '../../parts/field-errors.ts';
import { Notice } from '../../parts/notice.tsx';
import { useCopy } from '../../parts/use-copy.ts';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { scopePath } from './scope-text.ts';
import styles from './system.module.css';

export interface AddApiKeyProps {
  readonly drawer: DrawerControl;
  onDone(): void;
}

interface Shown {
  readonly key: string;
  readonly apiKey: ApiKey;
}

export function AddApiKey({ drawer, onDone }: AddApiKeyProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const add = useCommand('admin.apiKeys.add');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly ApiScope[]>([]);
  const [tried, setTried] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const errors = useFieldErrors<'name'>(add.refusal, { nameTaken: 'name' });
  const nameMissing = name.trim() === '';

  const save = async () => {
    setTried(true);
    if (nameMissing || scopes.length === 0) return;
    const made = await add.run({ name, scopes: [...scopes] });
    if (!made) return;
    setShown(made);
    lists.put('apiKeys', (before) => [...before.filter((each) => each.id !== made.apiKey.id), made.apiKey]);
  };
  const toggle = (scope: ApiScope, chosen: boolean) => {
    add.forget();
    // In the contract's order, whatever the order of the clicks.
    setScopes(apiScope.options.filter((each) => (each === scope ? chosen : scopes.includes(each))));
  };
  if (shown) {
    return (
      <Drawer
        drawer={drawer}
        title={t('system.shownTitle', { name: shown.apiKey.name })}
        typed={false}
        saveWord={null}
        running={false}
        refusal={null}
        onSave={onDone}
      >
        <ShownKey value={shown.key} onKept={onDone} />
      </Drawer>
    );
  }
  return (
    <Drawer
      drawer={drawer}
      title={t('system.addKeyTitle')}
      typed={name !== '' || scopes.length > 0}
      saveWord={t('drawer.create')}
      running={add.running}
      refusal={errors.elsewhere}
      onSave={() => void save()}
    >
      <TextInput
        label={t('system.addKeyName')}
        description={t('system.addKeyNameHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={100}
        value={name}
        error={tried && nameMissing ? t('system.nameMissing') : errors.at('name')}
        errorProps={{ role: 'alert' }}
        onChange={(event) => {
          add.forget();
          setName(event.currentTarget.value);
        }}
      />
      <fieldset className={styles.scopes}>
        <legend className={styles.scopesLegend}>{t('system.addKeyScopes')}</legend>
        {apiScope.options.map((scope) => (
          <Checkbox
            key={scope}
            label={t(`system.scope.${scopePath(scope)}`)}
            description={t(`system.scopeHint.${scopePath(scope)}`)}
            checked={scopes.includes(scope)}
            onChange={(event) => toggle(scope, event.currentTarget.checked)}
          />
        ))}
        {tried && scopes.length === 0 && (
          <p className={styles.problem} role="alert">
            {t('system.scopesMissing')}
          </p>
        )}
      </fieldset>
    </Drawer>
  );
}

function ShownKey({ value, onKept }: { readonly value: string; onKept(): void }) {
  const { t } = useTranslation('admin');
  const { ref: text, copied, copy } = useCopy();
  const copyButton = useRef<HTMLButtonElement>(null);
  useEffect(() => copyButton.current?.focus(), []);
  return (
    <>
      <Notice tone="warn">{t('system.shownOnce')}</Notice>
      <code ref={text} className={styles.secret}>
        {value}
      </code>
      <div className={styles.keyButtons}>
        <Button ref={copyButton} tone="accent" onClick={copy}>
          {t(copied ? 'system.keyCopied' : 'system.copyKey')}
        </Button>
        <Button onClick={onKept}>{t('system.keyKept')}</Button>
      </div>
      <span className="oh-unseen" role="status">
        {copied ? t('system.keyCopied') : ''}
      </span>
    </>
  );
}
