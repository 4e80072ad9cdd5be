// Every run of a project's rules, the last first, live; opened, the result of each action.
import { Select } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomationRun } from '#shared/admin/automations-contract.ts';
import type { AutomationRule } from '#shared/domain/automation.ts';
import type { AutomationRuleId, ProjectId } from '#shared/domain/ids.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Chip, type Tone } from '../../parts/chip.tsx';
import { type Column, DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/detail-page.tsx';
import { Drawer, DrawerSection } from '../../parts/drawer.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import {
  type Icon,
  IconAlertTriangle,
  IconAutomation,
  IconCheck,
  IconClockFilled,
  IconMinus,
} from '../../parts/icons.ts';
import { When } from '../../parts/time.tsx';
import { type DrawerControl, useDrawer } from '../../parts/use-drawer.ts';
import styles from './automations.module.css';
import { ResultList } from './result-list.tsx';
import { plain } from './sentence.tsx';
import { pageLength, usePages } from './use-pages.ts';
import type { RuleChoices } from './use-rule-choices.ts';
import { type RuleWords, useRuleWords } from './use-rule-words.ts';
import { WatchView } from './watch-view.tsx';

export interface RunsViewProps {
  readonly chooser: ReactNode;
  readonly projectId: ProjectId;
  readonly rules: readonly AutomationRule[];
  readonly choices: RuleChoices;
}

const signs: { readonly [S in AutomationRun['state']]: readonly [Tone, Icon] } = {
  done: ['good', IconCheck],
  waiting: ['accent', IconClockFilled],
  failed: ['bad', IconAlertTriangle],
  didNotApply: ['quiet', IconMinus],
};

export function RunsView({ chooser, projectId, rules, choices }: RunsViewProps) {
  const { t } = useTranslation('admin');
  const client = useClient();
  const words = useRuleWords(choices);
  const [ruleId, setRuleId] = useState<AutomationRuleId | null>(null);
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<string>(() => table.current?.focus());
  const pages = usePages(
    useCallback(
      async (cursor: string | null) => {
        const page = await client.call('admin.automations.runs', {
          ...{ projectId, ruleId, cursor, limit: pageLength },
        });
        return { rows: page.runs, cursor: page.cursor };
      },
      [client, projectId, ruleId],
    ),
  );
  const columns = useRunColumns(words);
  const chosen = pages.rows?.find(({ id }) => id === drawer.choice);
  return (
    <WatchView
      chooser={chooser}
      refusal={pages.refusal}
      filter={
        <Select
          className={styles.filter}
          aria-label={t('automations.runs.rule')}
          placeholder={t('automations.runs.allRules')}
          clearable
          searchable={rules.length > 8}
          data={rules.map(({ id, name }) => ({ value: id as string, label: name }))}
          value={ruleId}
          onChange={(id) => setRuleId(id as AutomationRuleId | null)}
        />
      }
      drawer={chosen && <RunDrawer key={chosen.id} drawer={drawer} run={chosen} words={words} />}
    >
      {pages.rows && (
        <DataTable
          ref={table}
          label={t('automations.runs.label')}
          columns={columns}
          rows={pages.rows}
          rowKey={({ id }) => id}
          chosen={chosen?.id ?? null}
          onOpen={({ id }) => drawer.open(id)}
          dimmed={({ state }) => state === 'didNotApply'}
          firstSorting={null}
          onEndInSight={pages.askOlder}
          empty={
            <EmptyState
              icon={IconAutomation}
              title={t('automations.runs.emptyTitle')}
              text={t(ruleId === null ? 'automations.runs.empty' : 'automations.runs.noneOfRule')}
            />
          }
        />
      )}
    </WatchView>
  );
}

function useRunColumns(words: RuleWords): readonly Column<AutomationRun>[] {
  const { t } = useTranslation('admin');
  const aboutOf = useAbout();
  return useMemo(() => {
    const didOf = ({ results }: AutomationRun) =>
      results.map(({ action }) => plain(words.action(action))).join(' · ');
    return [
      {
        key: 'when',
        title: t('automations.runs.when'),
        leastPx: 112,
        share: 0,
        figures: true,
        cell: (run) => <When atMs={run.triggeredAtMs} />,
      },
      { key: 'rule', title: t('automations.runs.rule'), leastPx: 136, share: 2, cell: (run) => run.ruleName },
      { key: 'about', title: t('automations.runs.about'), leastPx: 128, share: 2, cell: aboutOf },
      {
        key: 'state',
        title: t('automations.runs.state'),
        leastPx: 128,
        share: 0,
        cell: (run) => <RunChip run={run} />,
      },
      {
        key: 'what',
        title: t('automations.runs.what'),
        leastPx: 176,
        share: 4,
        rank: 1,
        quiet: true,
        cell: (run) => (run.state === 'didNotApply' ? '' : didOf(run)),
        hint: didOf,
      },
    ];
  }, [t, aboutOf, words]);
}

function useAbout(): (run: AutomationRun) => string {
  const { t } = useTranslation('admin');
  return useCallback(
    ({ about }) => {
      if (about.name !== '') return about.name;
      if (about.orderId !== null) return t('automations.runs.ofOrder');
      return t(about.recordId === null ? 'automations.runs.ofCall' : 'automations.runs.ofRecord');
    },
    [t],
  );
}

function RunChip({ run: { state } }: { readonly run: AutomationRun }) {
  const { t } = useTranslation('admin');
  const [tone, icon] = signs[state];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`automations.runs.states.${state}`)}
    </Chip>
  );
}

interface RunDrawerProps {
  readonly drawer: DrawerControl;
  readonly run: AutomationRun;
  readonly words: RuleWords;
}

function RunDrawer({ drawer, run, words }: RunDrawerProps) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const aboutOf = useAbout();
  return (
    <Drawer
      drawer={drawer}
      title={run.ruleName}
      about={<RunChip run={run} />}
      typed={false}
      saveWord={null}
      running={false}
      refusal={null}
      onSave={() => undefined}
    >
      <Facts
        facts={[
          [t('automations.runs.about'), aboutOf(run)],
          [t('automations.runs.triggered'), format.full(run.triggeredAtMs)],
          [
            t('automations.runs.ended'),
            run.endedAtMs === null ? t('automations.runs.notEnded') : format.full(run.endedAtMs),
          ],
        ]}
      />
      <DrawerSection title={t('automations.runs.results')}>
        {run.state === 'didNotApply' ? (
          <p className={styles.quiet}>{t('automations.runs.didNotApplyText')}</p>
        ) : (
          <ResultList results={run.results} words={words} wording="done" />
        )}
      </DrawerSection>
    </Drawer>
  );
}
