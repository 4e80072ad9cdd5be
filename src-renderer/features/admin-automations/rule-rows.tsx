// Conditions or actions as rows of a sentence: a lead word, what the row says, what is wrong with it, and its order.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ListEditor, type ListItem, ListRemove } from '../../parts/list-editor.tsx';
import styles from './automations.module.css';
import { mostRows, type RowProblem } from './rule-draft.ts';
import { plain } from './sentence.tsx';

export interface RuleRowsProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  /** '' until its kind is chosen. */
  nameOf(row: R): string;
  readonly unnamed: string;
  lead(at: number): string;
  readonly problems: ReadonlyMap<string, RowProblem>;
  refusedAt(rowKey: string): string | undefined;
  readonly addWord: string;
  readonly noneText: string;
  make(rowKey: string): R;
  onChange(rows: readonly R[]): void;
  children(row: R, item: ListItem<R, RowProblem>): ReactNode;
}

export function RuleRows<R extends { readonly rowKey: string }>(props: RuleRowsProps<R>) {
  const { rows, problems } = props;
  const { t } = useTranslation('admin');
  return (
    <ListEditor<R, RowProblem>
      label={props.label}
      rows={rows}
      rowKey={({ rowKey }) => rowKey}
      // What is not finished is not complained about while it is the newest.
      nameOf={(row) => (problems.has(row.rowKey) ? '' : plain(props.nameOf(row)))}
      unnamed={props.unnamed}
      problems={problems}
      rowClass={styles.listRow ?? ''}
      add={{ word: props.addWord, noneText: props.noneText, most: mostRows, make: props.make }}
      onChange={props.onChange}
    >
      {(row, item) => {
        const refused = props.refusedAt(row.rowKey);
        return (
          <>
            <div className={styles.row}>
              <span className={styles.lead}>{props.lead(rows.indexOf(row))}</span>
              <div className={styles.parts}>
                {props.children(row, item)}
                {refused !== undefined && (
                  <p className={styles.refused} role="alert">
                    {refused}
                  </p>
                )}
              </div>
            </div>
            <ListRemove
              word={t('automations.removeRow', { name: plain(props.nameOf(row)) || props.unnamed })}
              onRemove={item.remove}
            />
          </>
        );
      }}
    </ListEditor>
  );
}
