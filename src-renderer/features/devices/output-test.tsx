// Plays the test sound on one output and says where it did not play.
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { Button } from '../../parts/button.tsx';
import { IconVolume } from '../../parts/icons.ts';
import styles from './devices.module.css';

export function OutputTest({
  output,
  label,
}: {
  readonly output: 'speaker' | 'ringer';
  readonly label?: string;
}) {
  const { t } = useTranslation();
  const text = useRefusalText();
  const test = useCommand('devices.test');
  return (
    <>
      <Button
        className={styles.test}
        icon={IconVolume}
        disabled={test.running}
        onClick={() => void test.run({ output })}
      >
        {test.running ? t('settings.testing') : (label ?? t('settings.test'))}
        <span className="oh-unseen"> {t(`settings.${output}`)}</span>
      </Button>
      {test.refusal && (
        <p className={styles.failed} role="alert">
          {text(test.refusal)}
        </p>
      )}
    </>
  );
}
