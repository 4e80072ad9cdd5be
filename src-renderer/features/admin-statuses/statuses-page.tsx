// Statuses that agents may choose besides the usual four (CALL-19): name, what it acts as, colour, order; one Save.
import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { choosableStatus } from '#shared/domain/presence.ts';
import { type AdminList, useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { ColorChoice, colorNames } from '../../parts/color-choice.tsx';
import { EditorPage, EditorSection } from '../../parts/editor-page.tsx';
import { ListEditor, type ListItem, ListName, ListRemove } from '../../parts/list-editor.tsx';
import { StatusSign } from '../../parts/status-sign.tsx';
import { useEdit } from '../../parts/use-edit.ts';
import * as edits from './status-rows.ts';
import styles from './statuses.module.css';

const mostStatuses = 50;

export function StatusesPage() {
  const { t } = useTranslation('admin');
  const { answer: list, refusal } = useAdminList('statuses');
  return (
    <AdminPage title={t('nav.statuses')} refusal={refusal}>
      {list && <StatusEditor list={list} />}
    </AdminPage>
  );
}

function StatusEditor({ list }: { readonly list: AdminList<'statuses'> }) {
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const lists = useAdminLists();
  const command = useCommand('admin.statuses.set');
  const latest = useMemo(() => ({ rows: edits.rowsOf(list.statuses) }), [list]);
  const edit = useEdit<{ rows: readonly edits.StatusRow[] }>(latest, list.version);
  const { rows } = edit.values;
  const usualNames = choosableStatus.options.map((status) => tAll(`presence.${status}`));
  const problems = edits.problemsOf(rows, usualNames);

  const set = (next: readonly edits.StatusRow[]) => {
    command.forget();
    edit.set('rows', next);
  };
  const make = (rowKey: string): edits.StatusRow => {
    const used = new Set(rows.map(({ color }) => color));
    const color = colorNames.find((each) => !used.has(each)) ?? 'gray';
    return { rowKey, id: null, label: '', actsAs: 'away', color };
  };
  const save = async () => {
    const known = new Set(list.statuses.map(({ id }) => id));
    const answer = await command.run({ version: edit.version, statuses: edits.statusesOf(rows, known) });
    if (!answer) {
      void lists.ask('statuses');
      return false;
    }
    lists.put('statuses', () => answer);
    edit.saved({ rows: edits.rowsOf(answer.statuses) }, answer.version);
    return true;
  };
  return (
    <EditorPage
      edit={edit}
      intro={t('statuses.intro')}
      label={() => t('statuses.conflict')}
      show={(_field, value) =>
        value.map((row) => (
          <div key={row.rowKey} className={styles.theirs}>
            <StatusSign status={row.actsAs} color={row.color} />
            {row.label} ({tAll(`presence.${row.actsAs}`)})
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
      <EditorSection title={t('statuses.usual')} hint={t('statuses.usualHint')}>
        <ul className={styles.usual}>
          {choosableStatus.options.map((status) => (
            <li key={status} className={styles.usualRow}>
              <StatusSign status={status} />
              <span className={styles.usualName}>{tAll(`presence.${status}`)}</span>
              <span className={styles.hint}>{t(`statuses.meaning.${status}`)}</span>
            </li>
          ))}
        </ul>
      </EditorSection>
      <EditorSection title={t('statuses.own')}>
        <ListEditor<edits.StatusRow, edits.StatusProblem>
          label={t('statuses.list')}
          rows={rows}
          rowKey={({ rowKey }) => rowKey}
          nameOf={({ label }) => label}
          unnamed={t('statuses.unnamed')}
          problems={problems}
          rowClass={styles.row ?? ''}
          add={{ word: t('statuses.add'), noneText: t('statuses.none'), most: mostStatuses, make }}
          onChange={set}
        >
          {(row, item) => <OwnStatus row={row} item={item} />}
        </ListEditor>
      </EditorSection>
    </EditorPage>
  );
}

interface OwnStatusProps {
  readonly row: edits.StatusRow;
  readonly item: ListItem<edits.StatusRow, edits.StatusProblem>;
}

function OwnStatus({ row, item }: OwnStatusProps) {
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const { problem, change } = item;
  const name = row.label.trim() || t('statuses.unnamed');
  return (
    <>
      <span className={styles.color}>
        <ColorChoice color={row.color} of={name} onChange={(color) => change({ color })} />
      </span>
      <ListName
        label={t('statuses.label')}
        placeholder={t('statuses.labelPlaceholder')}
        maxLength={40}
        value={row.label}
        error={problem ? t(`statuses.${problem}`) : undefined}
        fresh={item.fresh}
        onChange={(label) => change({ label })}
        onNext={item.next}
      />
      <Select
        className={styles.actsAs}
        aria-label={t('statuses.actsAs')}
        leftSection={<StatusSign status={row.actsAs} color={row.color} />}
        data={edits.actsAsOptions.map((status) => ({
          value: status,
          label: `${t('statuses.actsAs')} ${tAll(`presence.${status}`)}`,
        }))}
        value={row.actsAs}
        onChange={(status) => status !== null && change({ actsAs: status as edits.StatusRow['actsAs'] })}
      />
      <span className={styles.meaning}>{t(`statuses.meaning.${row.actsAs}`)}</span>
      <ListRemove
        word={t('statuses.remove', { label: name })}
        hint={t('statuses.removeHint')}
        onRemove={item.remove}
      />
    </>
  );
}
