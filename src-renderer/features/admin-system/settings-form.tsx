// One section of the hub's settings with a Save of its own; the other settings are sent along as they are. Its fields are
// the section's.
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type AdminList, useListSource } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useUnsaved } from '../../parts/unsaved.ts';
import { useVersionedEdit, type VersionedEdit } from '../../parts/use-versioned-edit.ts';
import styles from './system.module.css';

type Settings = AdminList<'settings'>;

/** The fields of all sections, by the keys of their words in `system`. */
type Field = 'first' | 'last' | 'targets';
/** What is typed of a section. */
type Draft<F extends Field> = Readonly<Record<F, string>>;

export interface SettingsEdit<F extends Field>
  extends Pick<VersionedEdit<Draft<F>, Settings>, 'edit' | 'set' | 'discard'> {
  readonly running: boolean;
  readonly refusal: string | null;
  /** @param part what of the settings is set here */
  save(part: Partial<Settings>): Promise<boolean>;
}

/** @param draftOf the same function from one drawing to the next */
export function useSettingsEdit<F extends Field>(
  settings: Settings,
  draftOf: (settings: Settings) => Draft<F>,
): SettingsEdit<F> {
  const command = useCommand('admin.settings.set');
  const source = useListSource('settings');
  const { edit, save, ...rest } = useVersionedEdit({ latest: settings, draftOf, command, source });
  useUnsaved(edit.typed);
  return {
    ...rest,
    edit,
    running: command.running,
    refusal: command.refusal,
    save: (part) => save({ ...settings, ...part, version: edit.version }),
  };
}

export interface SettingsFormProps<F extends Field> {
  readonly title: string;
  readonly hint: string;
  readonly form: SettingsEdit<F>;
  onSave(): void;
  /** @param titleId names a field that needs no label of its own */
  children(titleId: string): ReactNode;
}

export function SettingsForm<F extends Field>({ title, hint, form, onSave, children }: SettingsFormProps<F>) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const titleId = useId();
  const { edit } = form;
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <div>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <p className={styles.hint}>{hint}</p>
      </div>
      <form
        className={styles.body}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.running && !readOnly && edit.typed && edit.conflicts.length === 0) onSave();
        }}
      >
        <ChangedMeanwhile
          edit={edit}
          label={(name: Field) => t(`system.${name}`)}
          show={(_field, value) => value}
        />
        {children(titleId)}
        <RefusalNotice reason={form.refusal} />
      </form>
    </section>
  );
}

export interface SettingsButtonsProps<F extends Field> {
  readonly form: SettingsEdit<F>;
  /** What was typed can be saved. */
  readonly fine: boolean;
}

/** Save, and Cancel while something is typed. */
export function SettingsButtons<F extends Field>({ form, fine }: SettingsButtonsProps<F>) {
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const { typed, conflicts } = form.edit;
  return (
    <>
      <Button
        type="submit"
        tone={typed ? 'accent' : 'soft'}
        disabled={!typed || !fine || conflicts.length > 0 || form.running || readOnly}
      >
        {t('drawer.save')}
      </Button>
      {typed && (
        <Button tone="plain" onClick={form.discard}>
          {t('drawer.cancel')}
        </Button>
      )}
    </>
  );
}
