// FORM-3: the first section, the same for both directions: the call's own facts, subject, contact, customer; comment and
// disposition stand in it as the window gives them.
import { Checkbox, TextInput } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallFormView, RecordBrief } from '#shared/domain/call-form-view.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Chip } from '../../parts/chip.tsx';
import { IconSearch, IconUser, IconX } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import styles from './call-form.module.css';
import type { FormCall, FormDraftControl } from './form-call.ts';
import { MatchList } from './match-list.tsx';
import { SelectRecord } from './select-record.tsx';
import { shortened } from './shortened.ts';

export interface CallInformationProps {
  readonly call: FormCall;
  readonly form: CallFormView;
  readonly control: FormDraftControl;
  /** Comment and disposition. */
  readonly children: ReactNode;
}

export function CallInformation({ call, form, control, children }: CallInformationProps) {
  const { t } = useTranslation('form');
  const { t: common } = useTranslation();
  const format = useFormat();
  const session = useLive('session');
  const [selecting, setSelecting] = useState<'contact' | 'customer' | null>(null);
  const id = useId();
  const { remote } = call;
  const number =
    remote.withheld || remote.number === null ? common('common.withheld') : remote.display || remote.number;
  const { candidates } = form;
  const matches =
    candidates.length > 1 || candidates.some(({ recordId }) => recordId !== form.contact?.recordId);
  const to = control.draft.customerId === null ? form.contact : form.customer;
  return (
    <section className={styles.section} aria-label={t('call.title')}>
      <h3 className={styles.heading}>{t('call.title')}</h3>
      <FactLines
        facts={[
          [t('call.number'), <Figures key="number">{number}</Figures>],
          [t('call.direction'), common(`call.direction.${call.direction}`)],
          [
            t('call.called'),
            form.calledNumber === null && call.projectName === null ? null : (
              <>
                {form.calledNumber !== null && <Figures>{form.calledNumber}</Figures>}{' '}
                {call.projectName !== null && <span className={styles.quiet}>{call.projectName}</span>}
              </>
            ),
          ],
          [t('call.start'), <Figures key="start">{format.time(call.startedAtMs)}</Figures>],
          [
            t('call.end'),
            call.endedAtMs === null ? (
              t('call.running')
            ) : (
              <Figures key="end">{format.time(call.endedAtMs)}</Figures>
            ),
          ],
          [t('call.agent'), session.state === 'signedIn' ? session.user.displayName : null],
        ]}
      />
      {form.chosenGone && <Notice tone="warn">{t('call.chosenGone')}</Notice>}
      {matches && <MatchList name={`${id}-match`} form={form} control={control} />}
      <div className={styles.lines}>
        <Line label={t('call.contact')}>
          <Contact form={form} />
          <Button
            tone="plain"
            size="small"
            icon={IconSearch}
            aria-expanded={selecting === 'contact'}
            onClick={() => setSelecting(selecting === 'contact' ? null : 'contact')}
          >
            {t(form.contact ? 'call.choose' : 'call.find')}
          </Button>
          {form.does === 'creates' && !matches && (
            <Button tone="plain" size="small" onClick={() => control.change({ contact: { choice: 'none' } })}>
              {t('call.noRecord')}
            </Button>
          )}
        </Line>
        <Line label={t('call.customer')}>
          {form.customer ? (
            <Brief record={form.customer} />
          ) : (
            <span className={styles.quiet}>{t('call.none')}</span>
          )}
          <Button
            tone="plain"
            size="small"
            icon={IconSearch}
            aria-expanded={selecting === 'customer'}
            onClick={() => setSelecting(selecting === 'customer' ? null : 'customer')}
          >
            {t('call.selectCustomer')}
          </Button>
          {control.draft.customerId !== null && (
            <IconButton
              icon={IconX}
              size="small"
              label={t('call.removeCustomer')}
              onClick={() => control.change({ customerId: null, saveNumber: false })}
            />
          )}
        </Line>
      </div>
      {selecting !== null && (
        <SelectRecord
          key={selecting}
          title={t(selecting === 'contact' ? 'select.contactTitle' : 'select.customerTitle')}
          createKind={selecting === 'contact' ? 'contact' : 'customer'}
          projectId={form.projectId}
          onClose={() => setSelecting(null)}
          onChosen={(recordId) => {
            control.change(
              selecting === 'contact'
                ? { contact: { choice: 'record', recordId } }
                : { customerId: recordId },
            );
            setSelecting(null);
          }}
        />
      )}
      {form.numberGoesTo !== null && to && (
        <Checkbox
          label={t('call.saveNumber', { number, name: shortened(to.name) })}
          checked={control.draft.saveNumber}
          onChange={(event) => control.change({ saveNumber: event.currentTarget.checked })}
        />
      )}
      <TextInput
        label={t('call.subject')}
        maxLength={1_000}
        autoComplete="off"
        dir="auto"
        value={control.draft.subject}
        onChange={(event) => control.change({ subject: event.currentTarget.value })}
      />
      {children}
    </section>
  );
}

/** Denser than elsewhere: the fields below are what the form is for. */
function FactLines({ facts }: { readonly facts: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) =>
        value === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Figures({ children }: { readonly children: ReactNode }) {
  return (
    <bdi className="oh-figures" dir="ltr">
      {children}
    </bdi>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles.line}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.lineContent}>{children}</div>
    </fieldset>
  );
}

function Contact({ form }: { readonly form: CallFormView }) {
  const { t } = useTranslation('form');
  const { t: common } = useTranslation();
  if (form.contact) return <Brief record={form.contact} />;
  if (form.creates)
    return <span>{t('call.willCreate', { kind: common(`recordKind.${form.creates}`) })}</span>;
  return (
    <span className={styles.quiet} title={t('call.noRecordHint')}>
      {t('call.noRecord')}
    </span>
  );
}

function Brief({ record }: { readonly record: RecordBrief }) {
  const { t: common } = useTranslation();
  return (
    <>
      <span className={styles.matchName} dir="auto" title={record.name.slice(0, 500)}>
        {record.name || record.number}
      </span>
      <Chip icon={IconUser} tone="accent">
        {common(`recordKind.${record.kind}`)}
      </Chip>
    </>
  );
}
