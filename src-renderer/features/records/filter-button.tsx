// By what a list is narrowed besides the search: kind, project, owner, tag. What may be chosen is what records here have.
import { Popover, Select } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListName } from '#shared/desktop/records-contract.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import { projectId, userId } from '#shared/domain/ids.ts';
import { useClient, useLive, useMainEvent } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { IconFilter } from '../../parts/icons.ts';
import { countFilters, kindsOf, type ListControl } from './list-state.ts';
import styles from './list-tools.module.css';
import { ToolButton } from './tool-button.tsx';

/** A Select's own dropdown stays within the popover, which would close otherwise. */
const within = { withinPortal: false };

export function FilterButton({ list, control }: { readonly list: ListName; readonly control: ListControl }) {
  const { t } = useTranslation('records');
  const [opened, setOpened] = useState(false);
  const set = countFilters(list, control.filter);
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-start" trapFocus>
      <Popover.Target>
        <ToolButton
          icon={IconFilter}
          word={t('filter.button')}
          label={set > 0 ? t('filter.buttonCount', { count: set }) : t('filter.button')}
          count={set}
          onClick={() => setOpened(!opened)}
        />
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('filter.title')}>
        <h2 className={styles.dropdownTitle}>{t('filter.title')}</h2>
        <FilterFields list={list} control={control} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({ list, control }: { readonly list: ListName; readonly control: ListControl }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const { filter, setFilter } = control;
  const session = useLive('session');
  const { tags, owners } = useFilterChoices();
  const projects = session.state === 'signedIn' ? session.projects : [];
  const me = session.state === 'signedIn' ? session.user : null;
  const [kind] = filter.kinds.length === 1 ? filter.kinds : [];
  return (
    <div className={styles.fields}>
      {list === 'contacts' && (
        <Select
          label={t('filter.kind')}
          comboboxProps={within}
          value={kind ?? ''}
          data={[
            { value: '', label: t('filter.anyKind') },
            ...kindsOf.contacts.map((each) => ({ value: each, label: common(`recordKind.${each}`) })),
          ]}
          onChange={(chosen) => {
            const one = recordKind.safeParse(chosen);
            setFilter({ kinds: one.success ? [one.data] : kindsOf.contacts });
          }}
        />
      )}
      <Select
        label={t('filter.project')}
        comboboxProps={within}
        value={filter.projectId ?? ''}
        data={[
          { value: '', label: t('filter.anyProject') },
          ...projects.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(chosen) => setFilter({ projectId: chosen ? projectId.parse(chosen) : null })}
      />
      <Select
        label={t('filter.owner')}
        comboboxProps={within}
        searchable
        value={filter.ownerId ?? ''}
        data={[
          { value: '', label: t('filter.anyOwner') },
          ...(me ? [{ value: me.userId, label: t('filter.mine') }] : []),
          ...owners
            .filter((owner) => owner.userId !== me?.userId)
            .map((owner) => ({ value: owner.userId, label: owner.name })),
        ]}
        onChange={(chosen) => setFilter({ ownerId: chosen ? userId.parse(chosen) : null })}
      />
      <Select
        label={t('filter.tag')}
        comboboxProps={within}
        searchable
        value={filter.tag ?? ''}
        data={[
          { value: '', label: t('filter.anyTag') },
          ...[...new Set([...tags, ...(filter.tag === null ? [] : [filter.tag])])].map((tag) => ({
            value: tag,
            label: tag,
          })),
        ]}
        onChange={(chosen) => setFilter({ tag: chosen === '' ? null : chosen })}
      />
    </div>
  );
}

function useFilterChoices() {
  const client = useClient();
  const { answer, again } = useAsked(useCallback(() => client.call('records.choices', null), [client]));
  useMainEvent('records.changed', again);
  return { tags: answer?.tags ?? [], owners: answer?.owners ?? [] };
}
