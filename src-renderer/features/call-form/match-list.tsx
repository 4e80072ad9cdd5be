// FORM-8: everybody who has this number, the most recent first, beside somebody new and nobody. One of them is chosen.
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/domain/assert-never.ts';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { ContactChoice } from '#shared/domain/form-draft.ts';
import type { RecordId } from '#shared/domain/ids.ts';
import { Chip } from '../../parts/chip.tsx';
import { IconUser } from '../../parts/icons.ts';
import styles from './call-form.module.css';
import type { FormDraftControl } from './form-call.ts';

export interface MatchListProps {
  readonly name: string;
  readonly form: CallFormView;
  readonly control: FormDraftControl;
}

export function MatchList({ name, form, control }: MatchListProps) {
  const { t } = useTranslation('form');
  const { t: common } = useTranslation();
  const choose = (contact: ContactChoice) => control.change({ contact });
  const chosen = chosenIn(form, control.draft.contact);
  const kind = common(`recordKind.${form.creates ?? 'contact'}`);
  return (
    <fieldset className={styles.matches}>
      <legend>
        {t('matches.title', { count: form.candidates.length })}{' '}
        <span className={styles.quiet}>{t('matches.hint')}</span>
      </legend>
      {form.candidates.map((each) => (
        <label key={each.recordId} className={styles.match}>
          <input
            type="radio"
            name={name}
            checked={chosen === each.recordId}
            onChange={() => choose({ choice: 'record', recordId: each.recordId })}
          />
          <span className={styles.matchName} dir="auto">
            {each.name || t('call.none')}
          </span>
          <Chip icon={IconUser} tone="accent">
            {common(`recordKind.${each.kind}`)}
          </Chip>
          <span className={styles.quiet}>{[each.city, each.projectName].filter(Boolean).join(' · ')}</span>
        </label>
      ))}
      <label className={styles.match}>
        <input
          type="radio"
          name={name}
          checked={chosen === 'new'}
          onChange={() => choose({ choice: 'new' })}
        />
        <span className={styles.matchName}>{t('matches.new')}</span>
        {chosen === 'new' && form.creates && (
          <span className={styles.quiet}>{t('matches.newHint', { kind })}</span>
        )}
      </label>
      <label className={styles.match}>
        <input
          type="radio"
          name={name}
          checked={chosen === 'none'}
          onChange={() => choose({ choice: 'none' })}
        />
        <span className={styles.matchName}>{t('matches.none')}</span>
        {chosen === 'none' && <span className={styles.quiet}>{t('call.noRecordHint')}</span>}
      </label>
    </fieldset>
  );
}

/** At once what was clicked; else what main takes. */
function chosenIn(form: CallFormView, contact: ContactChoice): RecordId | 'new' | 'none' {
  switch (contact.choice) {
    case 'record':
      return contact.recordId;
    case 'new':
    case 'none':
      return contact.choice;
    case 'usual':
      return form.contact?.recordId ?? (form.does === 'creates' ? 'new' : 'none');
    default:
      return assertNever(contact);
  }
}
