// Automations (AUTO-1, AUTO-2): a project's rules with their editor, every run, and what is delivered to other programs and
// people. The three are views of one page, under the project that is chosen.
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { Button } from '../../parts/button.tsx';
import { IconAutomation } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { ProjectPage } from '../../parts/project-page.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './automations.module.css';
import { DeliveriesView } from './deliveries-view.tsx';
import { RuleEditor } from './rule-editor.tsx';
import { RuleList } from './rule-list.tsx';
import { RunsView } from './runs-view.tsx';
import { useRuleChoices } from './use-rule-choices.ts';
import { useRules } from './use-rules.ts';

export function AutomationsPage() {
  const { t } = useTranslation('admin');
  return (
    <ProjectPage title={t('nav.automations')} icon={IconAutomation} emptyText={t('automations.empty')}>
      {(project, onTyped) => <OfProject key={project.id} project={project} onTyped={onTyped} />}
    </ProjectPage>
  );
}

const views = ['rules', 'runs', 'deliveries'] as const;
type View = (typeof views)[number];

interface OfProjectProps {
  readonly project: AdminProject;
  onTyped(typed: boolean): void;
}

/** What is edited: a new rule is null until it was saved. */
interface Opened {
  readonly key: number;
  readonly id: AutomationRule['id'] | null;
}

function OfProject({ project, onTyped }: OfProjectProps) {
  const { t } = useTranslation('admin');
  const [view, setView] = useState<View>('rules');
  const [opened, setOpened] = useState<Opened | null>(null);
  const [count, setCount] = useState(0);
  const source = useRules(project.id);
  const { choices, refusal } = useRuleChoices(project.id);
  const { rules } = source;
  const open = (id: Opened['id']) => {
    setCount(count + 1);
    setOpened({ key: count, id });
  };
  const close = () => {
    onTyped(false);
    setOpened(null);
  };
  const refused = source.refusal ?? refusal;
  if (!rules || !choices) {
    return (
      <div className={styles.around}>
        <RefusalNotice reason={refused === 'hubAway' ? null : refused} />
      </div>
    );
  }
  if (opened) {
    const rule = rules.find(({ id }) => id === opened.id) ?? null;
    if (opened.id !== null && rule === null) {
      return (
        <div className={styles.around}>
          <Notice
            tone="warn"
            title={t('drawer.goneTitle')}
            actions={
              <Button size="small" onClick={close}>
                {t('automations.back')}
              </Button>
            }
          >
            {t('automations.goneText')}
          </Notice>
        </div>
      );
    }
    return (
      <RuleEditor
        key={opened.key}
        project={project}
        rule={rule}
        choices={choices}
        onTyped={onTyped}
        onSaved={(saved) => {
          source.put(saved);
          setOpened({ ...opened, id: saved.id });
        }}
        onRefused={source.again}
        onRemoved={(id) => {
          source.drop(id);
          close();
        }}
        onBack={close}
      />
    );
  }
  const chooser = (
    <SegmentedControl
      size="sm"
      aria-label={t('automations.views.label')}
      data={views.map((each) => ({ value: each, label: t(`automations.views.${each}`) }))}
      value={view}
      onChange={(next) => setView(next as View)}
    />
  );
  if (view === 'runs') {
    return <RunsView chooser={chooser} projectId={project.id} rules={rules} choices={choices} />;
  }
  if (view === 'deliveries') return <DeliveriesView chooser={chooser} projectId={project.id} />;
  return <RuleList chooser={chooser} source={source} rules={rules} choices={choices} onOpen={open} />;
}
