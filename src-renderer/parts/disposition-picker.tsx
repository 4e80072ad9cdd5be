// The outcomes of a project in their groups, each with its digit. A radio group: one is chosen, arrows move.
import { type CSSProperties, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId } from '#shared/domain/ids.ts';
import styles from './disposition-picker.module.css';

export interface DispositionPickerProps {
  readonly dispositions: readonly Disposition[];
  readonly chosen: DispositionId | null;
  onChoose(id: DispositionId): void;
  readonly optional: boolean;
  readonly disabled?: boolean;
}

export function DispositionPicker({
  dispositions,
  chosen,
  onChoose,
  optional,
  disabled,
}: DispositionPickerProps) {
  const { t } = useTranslation();
  const name = useId();
  const groups = grouped(dispositions);
  return (
    <fieldset className={styles.picker} disabled={disabled}>
      <legend className={styles.legend}>
        {t('wrapUp.disposition')}
        {optional && <span className={styles.optional}> · {t('wrapUp.optional')}</span>}
      </legend>
      {dispositions.length === 0 && <p className={styles.none}>{t('wrapUp.none')}</p>}
      {groups.map(([group, members]) => (
        <div key={group ?? ''} className={styles.group}>
          {(group !== null || groups.length > 1) && (
            <div className={styles.heading}>{group ?? t('wrapUp.otherGroup')}</div>
          )}
          <div className={styles.grid}>
            {members.map((disposition) => (
              <label key={disposition.id} className={styles.option} title={disposition.label}>
                <input
                  type="radio"
                  className={styles.radio}
                  name={name}
                  checked={disposition.id === chosen}
                  onChange={() => onChoose(disposition.id)}
                  aria-keyshortcuts={
                    disposition.key ? `${disposition.key} Alt+${disposition.key}` : undefined
                  }
                />
                <span
                  className={styles.key}
                  style={
                    {
                      '--tint': `var(--mantine-color-${disposition.color}-6, var(--oh-faint))`,
                    } as CSSProperties
                  }
                  aria-hidden="true"
                >
                  {disposition.key}
                </span>
                <span className={styles.name}>{disposition.label}</span>
              </label>
            ))}
          </div>
        </div>
      ))}
    </fieldset>
  );
}

/** In the order in which main gives them; each group stands where its first member does. */
function grouped(dispositions: readonly Disposition[]): [string | null, Disposition[]][] {
  const groups = new Map<string | null, Disposition[]>();
  for (const disposition of dispositions) {
    const members = groups.get(disposition.group) ?? [];
    groups.set(disposition.group, members);
    members.push(disposition);
  }
  return [...groups];
}
