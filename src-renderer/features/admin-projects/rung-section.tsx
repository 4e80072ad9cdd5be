// The drawer's sections on whom a call rings, and where it goes when nobody is free.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AdminProject, Overflow } from '#shared/admin/projects-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { formatDuration } from '../../i18n/use-format.ts';
import { ChoiceCards } from '../../parts/choice-cards.tsx';
import { CountField } from '../../parts/count-field.tsx';
import { DrawerSection, FieldPair } from '../../parts/drawer.tsx';
import type { Edit } from '../../parts/use-edit.ts';
import { type DraftProblems, leadsBack, limits, type ProjectDraft } from './project-draft.ts';
import styles from './projects.module.css';

export interface SectionProps {
  readonly edit: Edit<ProjectDraft>;
  readonly problems: DraftProblems;
}

export function RungSection({ edit, problems }: SectionProps) {
  const { t } = useTranslation('admin');
  const { values, set } = edit;
  return (
    <DrawerSection title={t('projects.section.rung')}>
      <ChoiceCards
        label={t('projects.distribution.label')}
        hint={t('projects.distributionHint')}
        cards={(['longestIdle', 'allAtOnce'] as const).map((value) => ({
          value,
          label: t(`projects.distribution.${value}`),
          hint: t(`projects.distribution.${value}Hint`),
        }))}
        value={values.distribution}
        onChange={(value) => set('distribution', value)}
      />
      <div className={styles.half}>
        <CountField
          label={t('projects.ringSeconds')}
          hint={t('projects.ringSecondsHint', limits.ringSeconds)}
          unit={t('projects.seconds')}
          limits={limits.ringSeconds}
          value={values.ringSeconds}
          wrong={problems.counts.has('ringSeconds')}
          onChange={(value) => set('ringSeconds', value)}
        />
      </div>
      <ChoiceCards
        label={t('projects.decline.label')}
        cards={(['voicemail', 'nextAgent'] as const).map((value) => ({
          value,
          label: t(`projects.decline.${value}`),
          hint: t(`projects.decline.${value}Hint`),
        }))}
        value={values.onDecline}
        onChange={(value) => set('onDecline', value)}
      />
    </DrawerSection>
  );
}

export function WaitingSection(
  props: SectionProps & {
    readonly others: readonly AdminProject[];
    readonly id: ProjectId | null;
    /** What the hub has said of the choice. */
    readonly refused: string | undefined;
  },
) {
  const { edit, problems, others, id } = props;
  const { t } = useTranslation('admin');
  const { values, set } = edit;
  const { overflow } = values;
  const waitMs = Number(values.longestWaitSeconds) * 1000;
  const choices = others.filter((other) => id === null || !leadsBack(other.id, others, id));
  const unseen = overflow.to === 'project' && !choices.some((each) => each.id === overflow.projectId);
  const known = overflow.to === 'project' && others.find((each) => each.id === overflow.projectId);
  const data = [
    { value: '', label: t('projects.overflowVoicemail') },
    ...choices.map((each) => ({
      value: String(each.id),
      label: t('projects.overflowProject', { name: each.settings.name }),
    })),
    ...(unseen && overflow.to === 'project'
      ? [
          {
            value: String(overflow.projectId),
            label: known
              ? t('projects.overflowProject', { name: known.settings.name })
              : t('projects.overflowUnseen'),
          },
        ]
      : []),
  ];
  const chosen = (value: string): Overflow =>
    value === '' ? { to: 'voicemail' } : { to: 'project', projectId: value as ProjectId };
  return (
    <DrawerSection title={t('projects.section.waiting')}>
      <FieldPair>
        <CountField
          label={t('projects.mostWaiting')}
          hint={t('projects.mostWaitingHint')}
          limits={limits.mostWaiting}
          value={values.mostWaiting}
          wrong={problems.counts.has('mostWaiting')}
          onChange={(value) => set('mostWaiting', value)}
        />
        <CountField
          label={t('projects.longestWait')}
          hint={
            waitMs >= 60_000
              ? t('projects.longestWaitIs', { time: formatDuration(waitMs) })
              : t('projects.longestWaitHint')
          }
          unit={t('projects.seconds')}
          limits={limits.longestWaitSeconds}
          value={values.longestWaitSeconds}
          wrong={problems.counts.has('longestWaitSeconds')}
          onChange={(value) => set('longestWaitSeconds', value)}
        />
      </FieldPair>
      <Select
        label={t('projects.overflow')}
        description={t('projects.overflowHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={data}
        searchable={data.length > 8}
        value={overflow.to === 'voicemail' ? '' : String(overflow.projectId)}
        error={problems.overflow === 'circle' ? t('projects.overflowCircle') : props.refused}
        onChange={(value) => set('overflow', chosen(value ?? ''))}
      />
    </DrawerSection>
  );
}
