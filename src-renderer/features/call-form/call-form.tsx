// The form of one call (FORM-1 to FORM-8), for a call that runs, is wrapped up, or is still to finish. It stands where the
// window puts it and takes no focus by itself. Note, disposition and Save are other features': the window hands them in.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usualCallForm } from '#shared/domain/call-form.ts';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { Notice } from '../../parts/notice.tsx';
import { AboutRecord } from './about-record.tsx';
import styles from './call-form.module.css';
import { CallInformation } from './call-information.tsx';
import type { FormCall, FormDraftControl } from './form-call.ts';

export interface CallFormProps {
  readonly call: FormCall;
  readonly form: CallFormView;
  readonly control: FormDraftControl;
  /** Whether required fields that are empty say so: not while the person still talks. */
  readonly showMissing: boolean;
  /** Comment and disposition. */
  readonly children: ReactNode;
}

export function CallForm({ call, form, control, showMissing, children }: CallFormProps) {
  return (
    <>
      {call.endedAtMs === null && <Greeting form={form} />}
      <Redirected call={call} />
      <CallInformation call={call} form={form} control={control}>
        {children}
      </CallInformation>
      <AboutRecord call={call} form={form} control={control} showMissing={showMissing} />
    </>
  );
}

function Greeting({ form }: { readonly form: CallFormView }) {
  const { t } = useTranslation('form');
  const forms = useLive('callForms');
  const { greeting } = forms.find(({ projectId }) => projectId === form.projectId)?.form ?? usualCallForm;
  if (greeting.trim() === '') return null;
  return (
    <p className={styles.greeting} dir="auto">
      <span className="oh-unseen">{t('greeting')}: </span>
      {greeting}
    </p>
  );
}

/** FORM-4 */
function Redirected({ call }: { readonly call: FormCall }) {
  const { t } = useTranslation('form');
  const { remote, redirectedFrom } = call;
  if (redirectedFrom === null) return null;
  const withheld = remote.withheld || remote.number === null;
  return (
    <Notice tone="warn" title={t('redirected.title')}>
      {withheld
        ? t('redirected.withheld', { by: redirectedFrom })
        : t('redirected.text', { caller: remote.display || remote.number, by: redirectedFrom })}
    </Notice>
  );
}
