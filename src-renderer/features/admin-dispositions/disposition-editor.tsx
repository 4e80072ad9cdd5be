// One project's dispositions: groups and rows to be edited, put in order and saved as a whole, beside their preview.
// Where two admins edit them at the same time, the second sees the first one's list before saving over it.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { ReplyOf } from '#shared/wire/contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { colorNames } from '../../parts/color-choice.tsx';
import { DispositionMark } from '../../parts/disposition-mark.tsx';
import { EditorPage } from '../../parts/editor-page.tsx';
import { IconPlus } from '../../parts/icons.ts';
import { EditedList, ListRemove, ListRow, ListTools } from '../../parts/list-editor.tsx';
import { LiveAnnouncement } from '../../parts/live-announcement.tsx';
import type { EditedOfProject } from '../../parts/project-page.tsx';
import { useReorder } from '../../parts/use-reorder.ts';
import { useVersionedEdit } from '../../parts/use-versioned-edit.ts';
import * as edits from './disposition-groups.ts';
import { DispositionPreview } from './disposition-preview.tsx';
import { DispositionRow } from './disposition-row.tsx';
import styles from './dispositions.module.css';

type DispositionList = ReplyOf<DesktopContract, 'admin.dispositions.get'>;

function draftOf({ dispositions }: DispositionList): { readonly groups: edits.Groups } {
  return { groups: edits.groupsOf(dispositions) };
}

const mostRows = 200;
let made = 0;

export function DispositionEditor(props: EditedOfProject<DispositionList>) {
  const { project, latest: list, source, onTyped } = props;
  const { t } = useTranslation('admin');
  const readOnly = useReadOnly();
  const command = useCommand('admin.dispositions.set');
  const form = useVersionedEdit({ latest: list, draftOf, command, source });
  const { edit } = form;
  const [fresh, setFresh] = useState<string | null>(null);
  const [moved, setMoved] = useState('');
  const { groups } = edit.values;
  const rows = edits.allRows(groups);
  const problems = edits.problemsOf(groups);
  const givenKeys = new Map(rows.flatMap((row) => (row.key === null ? [] : [[row.key, row.label] as const])));

  const set = (next: edits.Groups) => form.set('groups', next);
  const announce = (next: edits.Groups, rowKey: string) => {
    const all = edits.allRows(next);
    const place = all.findIndex((row) => row.rowKey === rowKey) + 1;
    const name = all[place - 1]?.label ?? '';
    if (place > 0) setMoved(t('reorder.moved', { name, place, count: all.length }));
  };
  const isGroup = (key: string) => groups.some((group) => group.groupKey === key);
  const step = (key: string, by: 1 | -1) => {
    const next = isGroup(key) ? edits.stepGroup(groups, key, by) : edits.stepRow(groups, key, by);
    set(next);
    announce(next, key);
  };
  const reorder = useReorder({
    onOver: (key, over, half) =>
      set(isGroup(key) ? edits.placeGroup(groups, key, over) : edits.placeRow(groups, key, over, half)),
    onStep: step,
  });
  const add = (groupKey: string | null) => {
    if (rows.length >= mostRows) return;
    made += 1;
    const rowKey = `new ${made}`;
    set(edits.addRow(groups, groupKey, rowKey, colorNames));
    setFresh(rowKey);
  };
  const addGroup = () => {
    made += 1;
    set(edits.addGroup(groups, `new group ${made}`));
    setFresh(`new group ${made}`);
  };
  /** A key that another one has is given in exchange. */
  const giveKey = (rowKey: string, key: string | null) => {
    const mine = rows.find((row) => row.rowKey === rowKey)?.key ?? null;
    const holder = key === null ? undefined : rows.find((row) => row.key === key && row.rowKey !== rowKey);
    const freed = holder ? edits.changeRow(groups, holder.rowKey, { key: mine }) : groups;
    set(edits.changeRow(freed, rowKey, { key }));
  };
  const save = () => {
    const known = new Set(list.dispositions.map(({ id }) => id));
    const dispositions = edits.dispositionsOf(groups, known);
    return form.save({ projectId: project.id, version: edit.version, dispositions });
  };
  return (
    <EditorPage
      edit={edit}
      intro={t(rows.length === 0 ? 'dispositions.none' : 'dispositions.intro')}
      label={() => t('dispositions.conflict')}
      show={(_field, value) => <ListInWords groups={value} />}
      problems={problems.rows.size + problems.groups.size}
      running={command.running || readOnly}
      refusal={command.refusal}
      onTyped={onTyped}
      onSave={save}
      onDiscard={form.discard}
      preview={
        <DispositionPreview
          groups={groups}
          projectId={project.id}
          optional={!project.settings.dispositionRequired}
        />
      }
    >
      <section>
        <EditedList label={t('dispositions.list')}>
          {groups.flatMap((group) => {
            const { groupKey, name } = group;
            // A project without groups needs no heading.
            const headless = groups.length === 1 && name === '' && fresh !== groupKey;
            const heading = (
              <ListRow
                key={groupKey}
                itemKey={groupKey}
                name={name.trim() || t('dispositions.groupPlaceholder')}
                className={styles.heading ?? ''}
                reorder={reorder}
                onStep={(by) => step(groupKey, by)}
              >
                <TextInput
                  className={styles.groupName}
                  aria-label={t('dispositions.group')}
                  placeholder={t('dispositions.groupPlaceholder')}
                  maxLength={100}
                  autoFocus={fresh === groupKey}
                  value={name}
                  error={problems.groups.has(groupKey) ? t('dispositions.groupTwice') : undefined}
                  onChange={(event) => set(edits.renameGroup(groups, groupKey, event.currentTarget.value))}
                />
                <Button
                  tone="plain"
                  icon={IconPlus}
                  disabled={rows.length >= mostRows}
                  onClick={() => add(groupKey)}
                >
                  {t('dispositions.add')}
                </Button>
                <ListRemove
                  word={t('dispositions.removeGroup', {
                    name: name.trim() || t('dispositions.groupPlaceholder'),
                  })}
                  onRemove={() => set(edits.removeGroup(groups, groupKey))}
                />
              </ListRow>
            );
            const members = group.rows.map((row) => (
              <DispositionRow
                key={row.rowKey}
                row={row}
                givenKeys={givenKeys}
                // One that was just added is not wrong for having no label yet.
                problem={fresh === row.rowKey && row.label === '' ? undefined : problems.rows.get(row.rowKey)}
                reorder={reorder}
                fresh={fresh === row.rowKey}
                onChange={(change) => set(edits.changeRow(groups, row.rowKey, change))}
                onKey={(key) => giveKey(row.rowKey, key)}
                onStep={(by) => step(row.rowKey, by)}
                onNext={() => add(groupKey)}
                onRemove={() => set(edits.removeRow(groups, row.rowKey))}
              />
            ));
            return headless ? members : [heading, ...members];
          })}
        </EditedList>
        <ListTools>
          <Button
            icon={IconPlus}
            disabled={rows.length >= mostRows}
            hint={rows.length >= mostRows ? t('dispositions.tooMany') : undefined}
            onClick={() => add(groups.at(-1)?.groupKey ?? null)}
          >
            {t('dispositions.add')}
          </Button>
          <Button tone="plain" icon={IconPlus} onClick={addGroup}>
            {t('dispositions.addGroup')}
          </Button>
        </ListTools>
        <LiveAnnouncement text={moved} />
      </section>
    </EditorPage>
  );
}

function ListInWords({ groups }: { readonly groups: edits.Groups }) {
  const { t } = useTranslation('admin');
  return groups.map(({ groupKey, name, rows }) => (
    <div key={groupKey}>
      {name}
      {rows.map(({ rowKey, label, color, key, noteRequired }) => (
        <div key={rowKey} className={styles.theirs}>
          <span className="oh-figures">{key ?? '–'}</span>
          <DispositionMark disposition={{ label, color, group: null }} none="" />
          {noteRequired && t('dispositions.noteRequired')}
        </div>
      ))}
    </div>
  ));
}
