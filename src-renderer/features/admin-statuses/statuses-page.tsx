// Statuses that agents may choose besides the usual four (CALL-19): name, what it acts as, colour, order; one Save.
import { Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choosableStatus } from '#shared/domain/presence.ts';
import { type AdminList, useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { AdminPage } from '../../parts/admin-page.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { ColorChoice, colorNames } from '../../parts/color-choice.tsx';
import { IconPlus, IconX } from '../../parts/icons.ts';
import { LiveAnnouncement } from '../../parts/live-announcement.tsx';
import { ReorderHandle } from '../../parts/reorder-handle.tsx';
import { SaveLine } from '../../parts/save-line.tsx';
import { StatusSign } from '../../parts/status-sign.tsx';
import { useEdit } from '../../parts/use-edit.ts';
import { type Reorder, useReorder } from '../../parts/use-reorder.ts';
import * as edits from './status-rows.ts';
import styles from './statuses.module.css';

const mostStatuses = 50;
let made = 0;

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
  const [fresh, setFresh] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const [moved, setMoved] = useState('');
  const { rows } = edit.values;
  const usualNames = choosableStatus.options.map((status) => tAll(`presence.${status}`));
  const problems = edits.problemsOf(rows, usualNames);

  const set = (next: readonly edits.StatusRow[]) => {
    command.forget();
    edit.set('rows', next);
  };
  const place = (rowKey: string, to: number) => {
    const next = edits.placeRow(rows, rowKey, to);
    set(next);
    const at = next.findIndex((row) => row.rowKey === rowKey);
    setMoved(t('reorder.moved', { name: next[at]?.label ?? '', place: at + 1, count: next.length }));
  };
  const placeOf = (rowKey: string) => rows.findIndex((row) => row.rowKey === rowKey);
  const step = (rowKey: string, by: 1 | -1) => place(rowKey, placeOf(rowKey) + by);
  const reorder = useReorder({ onOver: (dragged, over) => place(dragged, placeOf(over)), onStep: step });
  const add = () => {
    if (rows.length >= mostStatuses) return;
    made += 1;
    const rowKey = `new ${made}`;
    const used = new Set(rows.map(({ color }) => color));
    const color = colorNames.find((each) => !used.has(each)) ?? 'gray';
    set([...rows, { rowKey, id: null, label: '', actsAs: 'away', color }]);
    setFresh(rowKey);
  };
  const save = async () => {
    const known = new Set(list.statuses.map(({ id }) => id));
    const answer = await command.run({ version: edit.version, statuses: edits.statusesOf(rows, known) });
    if (!answer) return void lists.ask('statuses');
    lists.put('statuses', () => answer);
    edit.saved({ rows: edits.rowsOf(answer.statuses) }, answer.version);
    setSaved(true);
  };
  return (
    <div className={styles.page}>
      <div className={styles.editor}>
        <p className={styles.hint}>{t('statuses.intro')}</p>
        <ChangedMeanwhile
          edit={edit}
          label={() => t('statuses.conflict')}
          show={(_field, value) =>
            value.map((row) => (
              <div key={row.rowKey} className={styles.theirs}>
                <StatusSign status={row.actsAs} color={row.color} />
                {row.label} ({tAll(`presence.${row.actsAs}`)})
              </div>
            ))
          }
        />
        <section aria-labelledby="usual-statuses">
          <h2 id="usual-statuses" className={styles.title}>
            {t('statuses.usual')} <span className={styles.hint}>{t('statuses.usualHint')}</span>
          </h2>
          <ul className={styles.usual}>
            {choosableStatus.options.map((status) => (
              <li key={status} className={styles.usualRow}>
                <StatusSign status={status} />
                <span className={styles.usualName}>{tAll(`presence.${status}`)}</span>
                <span className={styles.hint}>{t(`statuses.meaning.${status}`)}</span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="own-statuses">
          <h2 id="own-statuses" className={styles.title}>
            {t('statuses.own')}
          </h2>
          {rows.length === 0 && <p className={styles.hint}>{t('statuses.none')}</p>}
          <ol className={styles.list} aria-label={t('statuses.list')}>
            {rows.map((row) => (
              <OwnStatus
                key={row.rowKey}
                row={row}
                // One that was just added is not wrong for having no name yet.
                problem={fresh === row.rowKey && row.label === '' ? undefined : problems.get(row.rowKey)}
                fresh={fresh === row.rowKey}
                reorder={reorder}
                onChange={(change) => set(edits.changeRow(rows, row.rowKey, change))}
                onStep={(by) => step(row.rowKey, by)}
                onNext={add}
                onRemove={() => set(rows.filter((each) => each !== row))}
              />
            ))}
          </ol>
          <div className={styles.tools}>
            <Button icon={IconPlus} disabled={rows.length >= mostStatuses} onClick={add}>
              {t('statuses.add')}
            </Button>
          </div>
        </section>
      </div>
      <SaveLine
        typed={edit.typed}
        inTheWay={problems.size + edit.conflicts.length > 0}
        saved={saved}
        running={command.running}
        refusal={command.refusal}
        onSave={() => void save()}
        onDiscard={() => {
          command.forget();
          edit.saved(latest, list.version);
        }}
      />
      <LiveAnnouncement text={moved} />
    </div>
  );
}

interface OwnStatusProps {
  readonly row: edits.StatusRow;
  readonly problem: edits.StatusProblem | undefined;
  readonly fresh: boolean;
  readonly reorder: Reorder;
  onChange(change: Partial<edits.StatusRow>): void;
  onStep(step: 1 | -1): void;
  onNext(): void;
  onRemove(): void;
}

function OwnStatus({ row, problem, fresh, reorder, onChange, onStep, onNext, onRemove }: OwnStatusProps) {
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const name = row.label.trim() || t('statuses.unnamed');
  return (
    <li
      className={styles.row}
      aria-label={name}
      {...reorder.itemProps(row.rowKey)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
        if (step === 0 || !event.altKey) return;
        event.preventDefault();
        const { target } = event;
        onStep(step);
        if (target instanceof HTMLElement) requestAnimationFrame(() => target.focus());
      }}
    >
      <ReorderHandle name={name} {...reorder.handleProps(row.rowKey)} />
      <span className={styles.color}>
        <ColorChoice color={row.color} of={name} onChange={(color) => onChange({ color })} />
      </span>
      <TextInput
        aria-label={t('statuses.label')}
        placeholder={t('statuses.labelPlaceholder')}
        maxLength={40}
        autoFocus={fresh}
        value={row.label}
        error={problem ? t(`statuses.${problem}`) : undefined}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return;
          event.preventDefault();
          onNext();
        }}
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
        onChange={(status) => status !== null && onChange({ actsAs: status as edits.StatusRow['actsAs'] })}
      />
      <span className={styles.meaning}>{t(`statuses.meaning.${row.actsAs}`)}</span>
      <IconButton
        className={styles.remove}
        icon={IconX}
        label={t('statuses.remove', { label: name })}
        hint={`${t('statuses.remove', { label: name })}. ${t('statuses.removeHint')}`}
        onClick={onRemove}
      />
    </li>
  );
}
