// Statuses that agents may choose besides the usual four (CALL-19): name, what it acts as, colour, order; one Save.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { choosableStatus, type StatusLabel } from '#shared/domain/presence.ts';
import { type AdminList, useAdminList, useListSource } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { ColorChoice, unusedColor } from '../../parts/color-choice.tsx';
import { EditorPage, EditorSection } from '../../parts/editor-page.tsx';
import { ListEditor, type ListItem, ListName, ListRemove } from '../../parts/list-editor.tsx';
import {
  problemsOf,
  rowsOf,
  type StatusProblem,
  type StatusRow,
  statusesOf,
} from '../../parts/status-rows.ts';
import { StatusSign } from '../../parts/status-sign.tsx';
import { useVersionedEdit } from '../../parts/use-versioned-edit.ts';
import styles from './statuses.module.css';

const mostStatuses = 50;
const actsAsOptions = ['available', 'away', 'busy'] as const satisfies readonly StatusLabel['actsAs'][];

type OwnRow = StatusRow<StatusLabel>;
interface Draft {
  readonly rows: readonly OwnRow[];
}

function draftOf({ statuses }: AdminList<'statuses'>): Draft {
  return { rows: rowsOf(statuses) };
}

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
  const command = useCommand('admin.statuses.set');
  const source = useListSource('statuses');
  const { edit, set, save, discard } = useVersionedEdit({ latest: list, draftOf, command, source });
  const { rows } = edit.values;
  const usualNames = choosableStatus.options.map((status) => tAll(`presence.${status}`));
  const problems = problemsOf(rows, usualNames);

  const newRow = (rowKey: string): OwnRow => {
    return { rowKey, id: null, label: '', actsAs: 'away', color: unusedColor(rows) };
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
      onSave={() => save({ version: edit.version, statuses: statusesOf(rows, list.statuses) })}
      onDiscard={discard}
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
        <ListEditor<OwnRow, StatusProblem>
          label={t('statuses.list')}
          rows={rows}
          rowKey={({ rowKey }) => rowKey}
          nameOf={({ label }) => label}
          unnamed={t('statuses.unnamed')}
          problems={problems}
          rowClass={styles.row ?? ''}
          add={{ word: t('statuses.add'), noneText: t('statuses.none'), most: mostStatuses, make: newRow }}
          onChange={(next) => set('rows', next)}
        >
          {(row, item) => <OwnStatus row={row} item={item} />}
        </ListEditor>
      </EditorSection>
    </EditorPage>
  );
}

interface OwnStatusProps {
  readonly row: OwnRow;
  readonly item: ListItem<OwnRow, StatusProblem>;
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
        data={actsAsOptions.map((status) => ({
          value: status,
          label: `${t('statuses.actsAs')} ${tAll(`presence.${status}`)}`,
        }))}
        value={row.actsAs}
        onChange={(status) => status !== null && change({ actsAs: status as OwnRow['actsAs'] })}
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
