// Dials a party from wherever they are shown; a refusal is said beside it.
import { useTranslation } from 'react-i18next';
import type { RemoteParty } from '#shared/domain/call-view.ts';
import { useCommand } from '../client/desktop-context.tsx';
import { Button } from './button.tsx';
import { IconPhone } from './icons.ts';
import { RefusalNotice } from './refusal-notice.tsx';

export interface CallBackButtonProps {
  readonly remote: RemoteParty;
  readonly label?: string;
  /** Beside something more important. */
  readonly quiet?: boolean;
}

/** Draws nothing where the number was withheld. */
export function CallBackButton({ remote, label, quiet }: CallBackButtonProps) {
  const { t } = useTranslation();
  const dial = useCommand('calls.dial');
  const { number } = remote;
  if (number === null) return null;
  return (
    <>
      <Button
        icon={IconPhone}
        tone={quiet ? 'soft' : 'go'}
        disabled={dial.running}
        onClick={() => void dial.run({ target: number })}
      >
        {label ?? t('history.callBack')}
      </Button>
      <RefusalNotice reason={dial.refusal} />
    </>
  );
}
