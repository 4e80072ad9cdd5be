// Call mode > Order statuses (DIAL-4): name, colour, order, the mode, then the tick "add to dial-up automatically"; how many
// orders stand in each. One Save. For super admins, since a mode or tick moves the orders of every project; others look.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type AdminList, useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { useIsSuperAdmin } from '../../parts/admin-read-only.ts';
import { colorNames } from '../../parts/color-choice.tsx';
import { EditorPage, EditorSection } from '../../parts/editor-page.tsx';
import { ListEditor } from '../../parts/list-editor.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useEdit } from '../../parts/use-edit.ts';
import { useModeNames } from '../../parts/use-mode-names.ts';
import styles from './order-statuses.module.css';
import { StatusCells } from './status-cells.tsx';
import * as edits from './status-rows.ts';

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
  const lists = useAdminLists();
  const modeName = useModeNames();
  const mayChange = useIsSuperAdmin();
  const counts = useAdminList('orderCounts').answer;
  const command = useCommand('admin.orderStatuses.set');
  const latest = useMemo(() => ({ rows: edits.rowsOf(list.statuses) }), [list]);
  const edit = useEdit<{ rows: readonly edits.StatusRow[] }>(latest, list.version);
  const { rows } = edit.values;
  const problems = edits.problemsOf(rows);

  const set = (next: readonly edits.StatusRow[]) => {
    if (!mayChange) return;
    command.forget();
    edit.set('rows', next);
  };
  const make = (rowKey: string): edits.StatusRow => {
    const used = new Set(rows.map(({ color }) => color));
    const color = colorNames.find((each) => !used.has(each)) ?? 'gray';
    return { rowKey, id: null, label: '', color, mode: null, addToDialUp: false };
  };
  const save = async () => {
    const known = new Set(list.statuses.map(({ id }) => id));
    const answer = await command.run({ version: edit.version, statuses: edits.statusesOf(rows, known) });
    if (!answer) {
      void lists.ask('orderStatuses');
      return false;
    }
    lists.put('orderStatuses', () => answer);
    edit.saved({ rows: edits.rowsOf(answer.statuses) }, answer.version);
    return true;
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
      problems={problems.size}
      running={command.running}
      refusal={command.refusal}
      onSave={save}
      onDiscard={() => {
        command.forget();
        edit.saved(latest, list.version);
      }}
    >
      {!mayChange && <Notice>{t('orderStatuses.locked')}</Notice>}
      <fieldset className={styles.locked} disabled={!mayChange}>
        <EditorSection title={t('orderStatuses.own')} hint={t('orderStatuses.addHint')}>
          <ListEditor<edits.StatusRow, edits.StatusProblem>
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
              most: edits.mostStatuses,
              make,
            }}
            onChange={set}
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
