// A mode's two extra buttons: label and where they lead.
import { useTranslation } from 'react-i18next';
import { ListEditor, ListName, ListRemove } from '../../parts/list-editor.tsx';
import { OrderStatusSelect } from '../../parts/order-status-select.tsx';
import styles from './dial-up.module.css';
import type { ExtraProblem, ExtraRow } from './mode-draft.ts';

export interface ExtraButtonsProps {
  readonly rows: readonly ExtraRow[];
  readonly problems: ReadonlyMap<string, ExtraProblem>;
  onChange(rows: readonly ExtraRow[]): void;
}

const mostExtra = 2;

export function ExtraButtons({ rows, problems, onChange }: ExtraButtonsProps) {
  const { t } = useTranslation('admin');
  return (
    <ListEditor<ExtraRow, ExtraProblem>
      label={t('dialUp.section.extra')}
      rows={rows}
      rowKey={({ rowKey }) => rowKey}
      nameOf={({ label }) => label}
      unnamed={t('dialUp.extraLabel')}
      problems={problems}
      rowClass={styles.extra ?? ''}
      add={{
        word: t('dialUp.addExtra'),
        noneText: t('dialUp.noExtra'),
        most: mostExtra,
        make: (rowKey) => ({ rowKey, label: '', statusId: null }),
      }}
      onChange={onChange}
    >
      {(row, { fresh, problem, change, next, remove }) => (
        <>
          <ListName
            label={t('dialUp.extraLabel')}
            placeholder={t('dialUp.extraPlaceholder')}
            maxLength={60}
            value={row.label}
            error={problem && problem !== 'statusMissing' ? t(`dialUp.extraProblem.${problem}`) : undefined}
            fresh={fresh}
            onChange={(label) => change({ label })}
            onNext={next}
          />
          <OrderStatusSelect
            aria-label={t('dialUp.extraStatus')}
            placeholder={t('dialUp.extraStatus')}
            error={problem === 'statusMissing' ? t('dialUp.statusMissing') : undefined}
            value={row.statusId}
            onChange={(statusId) => change({ statusId })}
          />
          <ListRemove
            word={t('dialUp.removeExtra', { button: row.label.trim() || t('dialUp.extraLabel') })}
            hint={t('dialUp.removeExtraHint')}
            onRemove={remove}
          />
        </>
      )}
    </ListEditor>
  );
}
