// The fields of one mode's settings: handing out, waiting and trying again, buttons, agents, script.
import { Checkbox, Switch, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { DialMode } from '#shared/domain/dial-up.ts';
import { notReachedReason } from '#shared/domain/dial-up.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { ChoiceCards } from '../../parts/choice-cards.tsx';
import { CountField } from '../../parts/count-field.tsx';
import { DrawerSection, FieldPair } from '../../parts/drawer.tsx';
import { OrderStatusSelect } from '../../parts/order-status-select.tsx';
import { PeoplePicker } from '../../parts/people-picker.tsx';
import type { Edit } from '../../parts/use-edit.ts';
import styles from './dial-up.module.css';
import { ExtraButtons } from './extra-buttons.tsx';
import { type ModeCount, type ModeDraft, type ModeProblems, modeLimits } from './mode-draft.ts';

export interface ModeFormProps {
  readonly mode: DialMode;
  readonly project: AdminProject;
  readonly edit: Edit<ModeDraft>;
  readonly problems: ModeProblems;
  /** It was tried to save. */
  readonly tried: boolean;
}

export function ModeForm({ mode, project, edit, problems, tried }: ModeFormProps) {
  const { t } = useTranslation('admin');
  const { values, set } = edit;
  const count = (field: ModeCount, label: string, hint: string, unit?: string) => (
    <CountField
      label={label}
      hint={hint}
      {...(unit === undefined ? {} : { unit })}
      value={values[field]}
      onChange={(value) => set(field, value)}
      limits={modeLimits[field]}
      wrong={problems.counts.has(field)}
    />
  );
  return (
    <>
      <Switch
        labelPosition="left"
        classNames={{ body: styles.switchBody ?? '' }}
        label={t('dialUp.open')}
        description={t('dialUp.openHint')}
        checked={values.open}
        onChange={(event) => set('open', event.currentTarget.checked)}
      />
      {mode === 'newLeads' && (
        <Switch
          labelPosition="left"
          classNames={{ body: styles.switchBody ?? '' }}
          label={t('dialUp.highPriority')}
          description={t('dialUp.highPriorityHint')}
          checked={values.highPriority}
          onChange={(event) => set('highPriority', event.currentTarget.checked)}
        />
      )}
      <DrawerSection title={t('dialUp.section.wait')}>
        <FieldPair>
          {count(
            'standardTimeMinutes',
            t('dialUp.standardTimeMinutes'),
            t('dialUp.standardTimeMinutesHint'),
            t('dialUp.minutes'),
          )}
          {count('attempts', t('dialUp.attempts'), t('dialUp.attemptsHint'))}
        </FieldPair>
        <FieldPair>
          {notReachedReason.options.map((reason) => (
            <div key={reason}>
              {count(
                reason,
                t(`dialUp.delay.${reason}`),
                t(`dialUp.delayHint.${reason}`),
                t('dialUp.minutes'),
              )}
            </div>
          ))}
        </FieldPair>
        <OrderStatusSelect
          label={t('dialUp.usedUp')}
          description={t('dialUp.usedUpHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          noneText={t('dialUp.staysOut')}
          value={values.usedUpStatusId}
          onChange={(statusId) => set('usedUpStatusId', statusId)}
        />
      </DrawerSection>
      <DrawerSection title={t('dialUp.section.buttons')} hint={t('dialUp.section.buttonsHint')}>
        <Buttons edit={edit} />
      </DrawerSection>
      <DrawerSection title={t('dialUp.section.extra')} hint={t('dialUp.section.extraHint')}>
        <ExtraButtons
          rows={values.extraButtons}
          problems={tried ? problems.extra : withoutMissing(problems.extra)}
          onChange={(rows) => set('extraButtons', rows)}
        />
      </DrawerSection>
      <DrawerSection title={t('dialUp.section.agents')} hint={t('dialUp.section.agentsHint')}>
        <ChoiceCards
          label={t('dialUp.whoMay')}
          labelShown={false}
          cards={[
            { value: 'all', label: t('dialUp.all'), hint: t('dialUp.allHint') },
            { value: 'some', label: t('dialUp.some'), hint: t('dialUp.someHint') },
          ]}
          value={values.agents.all ? 'all' : 'some'}
          onChange={(value) => set('agents', { ...values.agents, all: value === 'all' })}
        />
        {!values.agents.all && <Agents project={project} edit={edit} />}
      </DrawerSection>
      <DrawerSection title={t('dialUp.section.script')}>
        <Textarea
          aria-label={t('dialUp.script')}
          description={t('dialUp.scriptHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('dialUp.scriptPlaceholder')}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={20_000}
          value={values.script}
          onChange={(event) => set('script', event.currentTarget.value)}
        />
      </DrawerSection>
    </>
  );
}

/** What is missing is said when it was tried to save; what is wrong, at once. */
function withoutMissing(problems: ModeProblems['extra']): ModeProblems['extra'] {
  return new Map([...problems].filter(([, problem]) => problem === 'labelTaken'));
}

function Buttons({ edit }: { readonly edit: Edit<ModeDraft> }) {
  const { t } = useTranslation('admin');
  const { buttons } = edit.values;
  return (
    <ul className={styles.buttons}>
      {buttons.map((each, at) => {
        const button = t(`callMode.buttons.${each.button}`);
        const change = (part: Partial<typeof each>) =>
          edit.set(
            'buttons',
            buttons.map((one, place) => (place === at ? { ...one, ...part } : one)),
          );
        return (
          <li key={each.button} className={styles.button}>
            <Checkbox
              label={button}
              aria-label={t('dialUp.shown', { button })}
              checked={each.shown}
              onChange={(event) => change({ shown: event.currentTarget.checked })}
            />
            <OrderStatusSelect
              aria-label={t('dialUp.leadsTo', { button })}
              disabled={!each.shown}
              noneText={t('dialUp.stays')}
              value={each.statusId}
              onChange={(statusId) => change({ statusId })}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Agents({ project, edit }: { readonly project: AdminProject; readonly edit: Edit<ModeDraft> }) {
  const { t } = useTranslation('admin');
  const users = useAdminList('users').answer;
  const { memberIds } = project.settings;
  const { agents } = edit.values;
  const people = useMemo(() => {
    const shown = new Set([...memberIds, ...agents.ids]);
    return (users ?? [])
      .filter(({ userId }) => shown.has(userId))
      .map(({ userId, firstName, lastName, extension }) => ({
        id: userId,
        name: `${firstName} ${lastName}`.trim(),
        detail: extension,
      }));
  }, [users, memberIds, agents.ids]);
  return (
    <PeoplePicker
      label={t('dialUp.agents')}
      people={people}
      chosen={agents.ids}
      onChange={(ids) => edit.set('agents', { all: false, ids })}
    />
  );
}
