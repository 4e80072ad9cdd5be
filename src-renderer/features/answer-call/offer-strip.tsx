// A ringing call in the agent window: who, and the three answers. No keys here: they belong to the call box.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { Button } from '../../parts/button.tsx';
import { CallStrip } from '../../parts/call-strip.tsx';
import { IconBellOff, IconPhone, IconPhoneX } from '../../parts/icons.ts';
import { usePartyText } from '../../parts/party.tsx';
import { useAnswerCall } from './use-answer-call.ts';

export interface OfferStripProps {
  readonly call: CallView;
  readonly formButton: ReactNode;
}

export function OfferStrip({ call, formButton }: OfferStripProps) {
  const { t } = useTranslation();
  const party = usePartyText()(call.remote);
  const answer = useAnswerCall();
  return (
    <CallStrip
      label={t('ringing.title')}
      remote={call.remote}
      detail={[t('ringing.title'), party.number, call.projectName].filter(Boolean).join(' · ')}
      sinceMs={call.startedAtMs}
      refusal={answer.refusal}
    >
      <Button
        tone="go"
        icon={IconPhone}
        disabled={!call.intents.accept}
        onClick={() => answer.accept(call.callId)}
      >
        {t('ringing.accept')}
      </Button>
      <Button icon={IconBellOff} disabled={!call.intents.ignore} onClick={() => answer.ignore(call.callId)}>
        {t('ringing.ignore')}
      </Button>
      <Button
        tone="stop"
        icon={IconPhoneX}
        disabled={!call.intents.decline}
        onClick={() => answer.decline(call.callId)}
      >
        {t('ringing.decline')}
      </Button>
      {formButton}
    </CallStrip>
  );
}
