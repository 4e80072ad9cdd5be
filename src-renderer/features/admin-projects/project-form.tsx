// The sections of the drawer in which a project is made or changed. What the hub has refused is said at its field.
import { Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { AdminTeam } from '#shared/admin/teams-contract.ts';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import type { ProjectId, UserId } from '#shared/domain/ids.ts';
import { CountField } from '../../parts/count-field.tsx';
import { DrawerSection, FieldPair } from '../../parts/drawer.tsx';
import type { FieldErrors } from '../../parts/field-errors.ts';
import { PeoplePicker } from '../../parts/people-picker.tsx';
import type { Edit } from '../../parts/use-edit.ts';
import { HoursSection } from './hours-section.tsx';
import { NumbersField } from './numbers-field.tsx';
import { type DraftField, type DraftProblems, limits, type ProjectDraft } from './project-draft.ts';
import styles from './projects.module.css';
import { RungSection, WaitingSection } from './rung-section.tsx';

export interface ProjectFormProps {
  readonly edit: Edit<ProjectDraft>;
  readonly problems: DraftProblems;
  readonly errors: FieldErrors<DraftField>;
  /** Saving was tried: a name that is still missing is said. */
  readonly tried: boolean;
  readonly mayChangeNumbers: boolean;
  readonly users: readonly AdminUser[];
  readonly teams: readonly AdminTeam[];
  readonly others: readonly AdminProject[];
  readonly id: ProjectId | null;
}

/** Which field each refusal is about. */
export const fieldOfRefusal: Readonly<Record<string, DraftField>> = {
  nameTaken: 'name',
  numberTaken: 'numbers',
  numberMalformed: 'numbers',
  numberReserved: 'numbers',
  noSuchUser: 'memberIds',
  overflowCircle: 'overflow',
  hoursMalformed: 'hours',
  timeZoneUnknown: 'timeZone',
};

export function ProjectForm(props: ProjectFormProps) {
  const { edit, problems, errors, tried, users, teams, others, id } = props;
  const { t } = useTranslation('admin');
  const { values, set } = edit;
  const people = useMemo(() => pickable(users, teams, values.memberIds), [users, teams, values.memberIds]);
  const nameProblem =
    problems.name === 'taken'
      ? t('projects.nameTaken')
      : problems.name === 'missing' && tried
        ? t('projects.nameMissing')
        : errors.at('name');
  const numbersRefused = errors.at('numbers');
  const membersRefused = errors.at('memberIds');
  return (
    <>
      <FieldPair>
        <TextInput
          label={t('projects.name')}
          description={t('projects.nameHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={200}
          required
          withAsterisk={false}
          value={values.name}
          error={nameProblem}
          errorProps={{ role: 'alert' }}
          onChange={(event) => set('name', event.currentTarget.value)}
        />
        <TextInput
          label={t('projects.queueName')}
          description={t('projects.queueNameHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={200}
          placeholder={values.name}
          value={values.queueName}
          onChange={(event) => set('queueName', event.currentTarget.value)}
        />
      </FieldPair>
      <DrawerSection
        title={t('projects.section.numbers')}
        hint={t(props.mayChangeNumbers ? 'projects.section.numbersHint' : 'projects.section.numbersFixed')}
      >
        <NumbersField
          numbers={values.numbers}
          problems={problems.numbers}
          mayChange={props.mayChangeNumbers}
          onChange={(numbers) => set('numbers', numbers)}
        />
        {numbersRefused && (
          <p className={styles.problem} role="alert">
            {numbersRefused}
          </p>
        )}
      </DrawerSection>
      <DrawerSection title={t('projects.section.members')} hint={t('projects.section.membersHint')}>
        <PeoplePicker
          label={t('projects.section.members')}
          people={people}
          chosen={values.memberIds}
          onChange={(memberIds) => set('memberIds', memberIds)}
        />
        {membersRefused && (
          <p className={styles.problem} role="alert">
            {membersRefused}
          </p>
        )}
      </DrawerSection>
      <RungSection edit={edit} problems={problems} />
      <WaitingSection
        edit={edit}
        problems={problems}
        others={others}
        id={id}
        refused={errors.at('overflow')}
      />
      <HoursSection
        edit={edit}
        problems={problems}
        zoneRefused={errors.at('timeZone')}
        hoursRefused={errors.at('hours')}
      />
      <DrawerSection title={t('projects.section.after')}>
        <div className={styles.half}>
          <CountField
            label={t('projects.wrapUpSeconds')}
            hint={t('projects.wrapUpSecondsHint')}
            unit={t('projects.seconds')}
            limits={limits.wrapUpSeconds}
            value={values.wrapUpSeconds}
            wrong={problems.counts.has('wrapUpSeconds')}
            onChange={(value) => set('wrapUpSeconds', value)}
          />
        </div>
        <Switch
          label={t('projects.dispositionRequired')}
          description={t('projects.dispositionRequiredHint')}
          checked={values.dispositionRequired}
          onChange={(event) => set('dispositionRequired', event.currentTarget.checked)}
        />
      </DrawerSection>
    </>
  );
}

interface Pickable {
  readonly id: UserId;
  readonly name: string;
  readonly detail: string;
}

/** Whoever is disabled is not offered; where they are members already, they can be taken out. */
function pickable(
  users: readonly AdminUser[],
  teams: readonly AdminTeam[],
  memberIds: readonly UserId[],
): Pickable[] {
  const teamNames = new Map(teams.map((team) => [team.id, team.name]));
  const members = new Set(memberIds);
  return users
    .filter((user) => user.disabledAtMs === null || members.has(user.userId))
    .map((user) => ({
      id: user.userId,
      name: `${user.firstName} ${user.lastName}`,
      detail: [user.extension, ...user.teamIds.flatMap((id) => teamNames.get(id) ?? [])].join(' · '),
    }));
}
