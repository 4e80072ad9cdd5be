// Call mode > Order statuses (DIAL-4): name, colour, order, the mode, then the tick "add to dial-up automatically"; how many
// orders stand in each. One Save. For super admins, since a mode or tick moves the orders of every project; others look.
import { useTranslation } from 'react-i18next';
import { type AdminList, useAdminList, useListSource } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useIsSuperAdmin } from '../../parts/admin-read-only.ts';
import { unusedColor } from '../../parts/color-choice.tsx';
import { EditorPage, EditorSection } from '../../parts/editor-page.tsx';
import { ListEditor } from '../../parts/list-editor.tsx';
import { Notice } from '../../parts/notice.tsx';
import { problemsOf, rowsOf, type StatusProblem, statusesOf } from '../../parts/status-rows.ts';
import { useModeNames } from '../../parts/use-mode-names.ts';
import { useVersionedEdit } from '../../parts/use-versioned-edit.ts';
import { mostStatuses, type OrderStatusRow } from './order-status-rows.ts';
import styles from './order-statuses.module.css';
import { StatusCells } from './status-cells.tsx';

interface Draft {
  readonly rows: readonly OrderStatusRow[];
}

function draftOf({ statuses }: AdminList<'orderStatuses'>): Draft {
  return { rows: rowsOf(statuses) };
}

export function OrderStatusesPage() {
  const { t } = useTranslation('admin');
  const { answer: list, refusal } = useAdminList('orderStatuses');
  useAdminList('freeModes');
  return (
    <AdminPage title={t('nav.orderStatuses')} refusal={refusal}>
      {list && <StatusEditor list={list} />}
    </AdminPage>
  );
}

function StatusEditor({ list }: { readonly list: AdminList<'orderStatuses'> }) {
  const { t } = useTranslation('admin');
  const modeName = useModeNames();
  const mayChange = useIsSuperAdmin();
  const counts = useAdminList('orderCounts').answer;
  const command = useCommand('admin.orderStatuses.set');
  const source = useListSource('orderStatuses');
  const { edit, set, save, discard } = useVersionedEdit({ latest: list, draftOf, command, source });
  const { rows } = edit.values;
  const problems = problemsOf(rows);

  const newRow = (rowKey: string): OrderStatusRow => {
    const color = unusedColor(rows);
    return { rowKey, id: null, label: '', color, mode: null, addToDialUp: false };
  };
  return (
    <EditorPage
      edit={edit}
      intro={t('orderStatuses.intro')}
      label={() => t('orderStatuses.conflict')}
      show={(_field, value) =>
        value.map(({ rowKey, label, mode, addToDialUp }) => (
          <div key={rowKey}>
            {label} ({mode ? modeName(mode) : t('callMode.noMode')}
            {addToDialUp && `, ${t('orderStatuses.inDialUp')}`})
          </div>
        ))
      }
      lockedAs={mayChange ? undefined : t('nav.orderStatuses')}
      problems={problems.size}
      running={command.running}
      refusal={command.refusal}
      onSave={() => save({ version: edit.version, statuses: statusesOf(rows, list.statuses) })}
      onDiscard={discard}
    >
      {!mayChange && <Notice>{t('orderStatuses.locked')}</Notice>}
      <fieldset className={styles.locked} disabled={!mayChange}>
        <EditorSection title={t('orderStatuses.own')} hint={t('orderStatuses.addHint')}>
          <ListEditor<OrderStatusRow, StatusProblem>
            label={t('orderStatuses.list')}
            rows={rows}
            rowKey={({ rowKey }) => rowKey}
            nameOf={({ label }) => label}
            unnamed={t('orderStatuses.unnamed')}
            problems={problems}
            rowClass={styles.row ?? ''}
            add={{
              word: t('orderStatuses.add'),
              noneText: t('orderStatuses.none'),
              most: mostStatuses,
              make: newRow,
            }}
            onChange={(next) => mayChange && set('rows', next)}
          >
            {(row, item) => (
              <StatusCells
                row={row}
                item={item}
                orders={counts ? (counts.find(({ statusId }) => statusId === row.id)?.orders ?? 0) : null}
              />
            )}
          </ListEditor>
        </EditorSection>
      </fieldset>
    </EditorPage>
  );
}
