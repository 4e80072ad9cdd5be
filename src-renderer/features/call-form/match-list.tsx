// FORM-8: everybody who has this number, the most recent first, beside somebody new and nobody. One of them is chosen.
import { useTranslation } from 'react-i18next';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { ContactChoice } from '#shared/domain/form-draft.ts';
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
            checked={form.contact?.recordId === each.recordId}
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
          checked={form.does === 'creates'}
          onChange={() => choose({ choice: 'new' })}
        />
        <span className={styles.matchName}>{t('matches.new')}</span>
        {form.does === 'creates' && <span className={styles.quiet}>{t('matches.newHint', { kind })}</span>}
      </label>
      <label className={styles.match}>
        <input
          type="radio"
          name={name}
          checked={form.does === 'nothing'}
          onChange={() => choose({ choice: 'none' })}
        />
        <span className={styles.matchName}>{t('matches.none')}</span>
        {form.does === 'nothing' && <span className={styles.quiet}>{t('call.noRecordHint')}</span>}
      </label>
    </fieldset>
  );
}
