// The keys of the call box and of the agent window, each in a list.
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../parts/key-hint.tsx';
import { isMac } from '../../parts/keyboard.ts';
import styles from './settings.module.css';

type Keys = readonly (readonly [what: string, key: string])[];

export function KeysSection() {
  const { t } = useTranslation();
  const { t: own } = useTranslation('records');
  const alt = t('keys.alt');
  const control = isMac ? '⌘' : t('keys.ctrl');
  const callBox: Keys = [
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
  const window: Keys = [
    [own('search.title'), `${control} K`],
    [own('keys.place'), `${control} 1 – 6`],
    [own('keys.listSearch'), '/'],
    [own('keys.listNew'), 'N'],
    [own('keys.listCall'), 'C'],
    [t('call.formHint'), 'F'],
  ];
  return (
    <>
      <p className={styles.hint}>{t('settings.keysHint')}</p>
      <KeyList keys={callBox} />
      <p className={styles.hint}>{own('keys.windowHint')}</p>
      <KeyList keys={window} />
    </>
  );
}

function KeyList({ keys }: { readonly keys: Keys }) {
  return (
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
  );
}
