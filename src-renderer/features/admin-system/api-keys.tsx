// The API keys: which there are, what each may do and when it was last used; and taking one away, with a word on what stops.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '#shared/admin/system-contract.ts';
import { useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { IconKey, IconPlus, IconTrash } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { When } from '../../parts/time.tsx';
import { scopePath } from './scope-text.ts';
import styles from './system.module.css';

export function ApiKeys({ keys, onAdd }: { readonly keys: readonly ApiKey[]; onAdd(): void }) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const [removing, setRemoving] = useState<string | null>(null);
  return (
    <section className={styles.section} aria-labelledby="api-keys-title">
      <div>
        <h2 id="api-keys-title" className={styles.title}>
          {t('system.apiKeys')}
        </h2>
        <p className={styles.hint}>{t('system.apiKeysHint')}</p>
      </div>
      <div className={styles.body}>
        {keys.length === 0 ? (
          <div className={styles.none}>
            <IconKey size={24} stroke={1.25} aria-hidden="true" />
            <div>
              <h3 className={styles.noneTitle}>{t('system.noKeysTitle')}</h3>
              <p className={styles.hint}>{t('system.noKeys')}</p>
            </div>
          </div>
        ) : (
          <ul className={styles.keys} aria-label={t('system.apiKeys')}>
            {keys.map((key) => (
              <KeyRow
                key={key.id}
                apiKey={key}
                removing={removing === key.id}
                onRemoving={(yes) => setRemoving(yes ? key.id : null)}
              />
            ))}
          </ul>
        )}
        <div>
          <Button icon={IconPlus} keys="N" shortcut="n" disabled={readOnly} onClick={onAdd}>
            {t('system.addKey')}
          </Button>
        </div>
      </div>
    </section>
  );
}

interface KeyRowProps {
  readonly apiKey: ApiKey;
  readonly removing: boolean;
  onRemoving(yes: boolean): void;
}

function KeyRow({ apiKey, removing, onRemoving }: KeyRowProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const format = useFormat();
  const remove = useCommand('admin.apiKeys.remove');
  const scopes = apiKey.scopes.map((scope) => t(`system.scope.${scopePath(scope)}`)).join(', ');
  const used =
    apiKey.lastUsedAtMs === null
      ? t('system.removeUnused')
      : t('system.removeUsed', { time: format.when(apiKey.lastUsedAtMs, Date.now()) });
  const removeNow = async () => {
    if ((await remove.run({ id: apiKey.id })) === undefined) return void lists.ask('apiKeys');
    lists.put('apiKeys', (before) => before.filter((each) => each.id !== apiKey.id));
  };
  return (
    <li className={styles.key} aria-label={apiKey.name}>
      <div className={styles.keyLine}>
        <div className={styles.keyName}>{apiKey.name}</div>
        <div className={styles.keyFacts}>
          <span>{scopes}</span>
          <span className="oh-figures">
            {t('system.keyMade')} <When atMs={apiKey.madeAtMs} /> · {t('system.keyUsed')}{' '}
            {apiKey.lastUsedAtMs === null ? t('system.keyNever') : <When atMs={apiKey.lastUsedAtMs} />}
          </span>
        </div>
        <IconButton
          icon={IconTrash}
          label={t('system.keyRemove', { name: apiKey.name })}
          disabled={readOnly}
          aria-expanded={removing}
          onClick={() => onRemoving(!removing)}
        />
      </div>
      {removing && (
        <Confirm
          title={t('system.removeTitle', { name: apiKey.name })}
          text={`${t('system.removeText', { scopes })} ${used}`}
          word={t('system.removeYes')}
          keepWord={t('system.keep')}
          running={remove.running || readOnly}
          onYes={() => void removeNow()}
          onNo={() => onRemoving(false)}
        />
      )}
      <RefusalNotice reason={remove.refusal} />
    </li>
  );
}
