// The call box's keys, in one list.
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../parts/key-hint.tsx';
import styles from './settings.module.css';

export function KeysSection() {
  const { t } = useTranslation();
  const alt = t('keys.alt');
  const keys: readonly (readonly [string, string])[] = [
    [t('ringing.accept'), t('keys.enter')],
    [t('ringing.ignore'), 'I'],
    [t('ringing.decline'), 'D'],
    [`${t('call.mute')} / ${t('call.unmute')}`, 'M'],
    [`${t('call.hold')} / ${t('call.resume')}`, 'H'],
    [t('call.keypad'), 'K'],
    [t('call.end'), `${alt} E`],
    [t('note.label'), 'N'],
    [t('settings.keyDisposition'), '1 – 9'],
    [t('wrapUp.save'), `${t('keys.ctrl')} ${t('keys.enter')}`],
  ];
  return (
    <>
      <p className={styles.hint}>{t('settings.keysHint')}</p>
      <dl className={styles.keys}>
        {keys.map(([name, key]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <KeyHint keys={key} />
              <span className="oh-unseen">{key}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
