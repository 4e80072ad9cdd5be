// What holds for all modes of a project: when people may be called (DIAL-10), inbound calls while holding (DIAL-7), how it
// dials (DIAL-8), and the fields that its orders have.
import { Switch } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { DialUpSettings } from '#shared/domain/dial-up.ts';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useVersioned } from '../../client/use-versioned.ts';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { ChoiceCards } from '../../parts/choice-cards.tsx';
import { CountField } from '../../parts/count-field.tsx';
import { problemsOf as fieldProblemsOf } from '../../parts/custom-field-rows.ts';
import { CustomFieldsEditor } from '../../parts/custom-fields-editor.tsx';
import { Drawer, DrawerSection } from '../../parts/drawer.tsx';
import { hoursProblems } from '../../parts/hours-draft.ts';
import { Notice } from '../../parts/notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useEdit } from '../../parts/use-edit.ts';
import { WeekGrid } from '../../parts/week-grid.tsx';
import styles from './dial-up.module.css';
import { LoadingDrawer } from './loading-drawer.tsx';
import {
  beginHours,
  countdownLimits,
  isCountdown,
  type ProjectDraft,
  type ProjectField,
  projectDraftOf,
  withProject,
} from './project-draft.ts';

export interface VersionedSettings {
  readonly version: number;
  readonly settings: DialUpSettings;
}

export interface ProjectModesDrawerProps {
  readonly drawer: DrawerControl;
  readonly project: AdminProject;
}

export function ProjectModesDrawer(props: ProjectModesDrawerProps) {
  const { t } = useTranslation('admin');
  const client = useClient();
  const { id, settings } = props.project;
  const { latest, refusal, again, put } = useVersioned(
    useCallback(() => client.call('admin.dialUp.get', { projectId: id }), [client, id]),
    'dialUp',
  );
  if (!latest) {
    return (
      <LoadingDrawer {...props} title={settings.name} about={t('dialUp.projectTitle')} refusal={refusal} />
    );
  }
  return <EditProject {...props} latest={latest} again={again} put={put} />;
}

interface EditProjectProps extends ProjectModesDrawerProps {
  readonly latest: VersionedSettings;
  again(): void;
  put(saved: VersionedSettings): void;
}

function EditProject({ drawer, project, latest, again, put }: EditProjectProps) {
  const { t } = useTranslation('admin');
  const command = useCommand('admin.dialUp.set');
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const edit = useEdit<ProjectDraft>(projectDraftOf(latest.settings), latest.version);
  const { values } = edit;
  const set: typeof edit.set = (field, value) => {
    edit.set(field, value);
    if (command.refusal !== 'changedMeanwhile') command.forget();
  };
  const hours = hoursProblems(values.hours);
  const fields = fieldProblemsOf(values.orderFields);
  const countdownWrong = values.dials === 'countdown' && !isCountdown(values.countdownSeconds);
  const isFine = hours.days.size === 0 && !hours.never && fields.size === 0 && !countdownWrong;
  const save = async () => {
    setTried(true);
    if (!isFine) return;
    const settings = withProject(latest.settings, values);
    const answer = await command.run({ projectId: project.id, version: edit.version, settings });
    if (!answer) return again();
    put(answer);
    setTried(false);
    setSaved(true);
    edit.saved(projectDraftOf(answer.settings), answer.version);
  };
  const labels: Record<ProjectField, string> = {
    hours: t('dialUp.section.hours'),
    inboundWhileHolding: t('dialUp.inbound'),
    dials: t('dialUp.dials'),
    countdownSeconds: t('dialUp.countdownSeconds'),
    orderFields: t('dialUp.section.fields'),
  };
  const show = (field: ProjectField, value: unknown): ReactNode => {
    const draft = { ...values, [field]: value } as ProjectDraft;
    switch (field) {
      case 'hours':
        return draft.hours.always
          ? t('dialUp.always')
          : Object.values(draft.hours.days)
              .filter((day) => day !== '')
              .join(' · ');
      case 'inboundWhileHolding':
        return t(draft.inboundWhileHolding ? 'dialUp.conflict.yes' : 'dialUp.conflict.no');
      case 'dials':
        return t(`dialUp.dialsAre.${draft.dials}`);
      case 'countdownSeconds':
        return `${draft.countdownSeconds} ${t('dialUp.seconds')}`;
      default:
        return draft.orderFields.map(({ label }) => label).join(', ') || t('dialUp.conflict.none');
    }
  };
  return (
    <Drawer
      drawer={drawer}
      title={project.settings.name}
      about={t('dialUp.projectTitle')}
      typed={edit.typed}
      saveWord={t('drawer.save')}
      saveDisabled={!edit.typed || edit.conflicts.length > 0}
      running={command.running}
      refusal={command.refusal}
      onSave={() => void save()}
    >
      <ChangedMeanwhile edit={edit} label={(field) => labels[field]} show={show} />
      <ChoiceCards
        label={t('dialUp.dials')}
        cards={(['onKey', 'countdown', 'atOnce'] as const).map((value) => ({
          value,
          label: t(`dialUp.dialsAre.${value}`),
          hint: t(`dialUp.dialsAre.${value}Hint`),
        }))}
        value={values.dials}
        onChange={(value) => set('dials', value)}
      />
      {values.dials === 'countdown' && (
        <div className={styles.half}>
          <CountField
            label={t('dialUp.countdownSeconds')}
            hint={t('dialUp.countdownSecondsHint')}
            unit={t('dialUp.seconds')}
            value={values.countdownSeconds}
            onChange={(value) => set('countdownSeconds', value)}
            limits={countdownLimits}
            wrong={countdownWrong}
          />
        </div>
      )}
      <Switch
        labelPosition="left"
        classNames={{ body: styles.switchBody ?? '' }}
        label={t('dialUp.inbound')}
        description={t('dialUp.inboundHint')}
        checked={values.inboundWhileHolding}
        onChange={(event) => set('inboundWhileHolding', event.currentTarget.checked)}
      />
      <DrawerSection title={t('dialUp.section.hours')} hint={t('dialUp.section.hoursHint')}>
        <ChoiceCards
          label={t('dialUp.hoursAre')}
          labelShown={false}
          cards={[
            { value: 'always', label: t('dialUp.always'), hint: t('dialUp.alwaysHint') },
            { value: 'hours', label: t('dialUp.atHours'), hint: t('dialUp.atHoursHint') },
          ]}
          value={values.hours.always ? 'always' : 'hours'}
          onChange={(value) =>
            set('hours', value === 'always' ? { ...values.hours, always: true } : beginHours(values.hours))
          }
        />
        {!values.hours.always && (
          <WeekGrid hours={values.hours} problems={hours} onChange={(next) => set('hours', next)} />
        )}
      </DrawerSection>
      <DrawerSection title={t('dialUp.section.fields')} hint={t('dialUp.section.fieldsHint')}>
        <CustomFieldsEditor
          label={t('dialUp.fieldsHere')}
          rows={values.orderFields}
          problems={fields}
          onChange={(rows) => set('orderFields', rows)}
        />
      </DrawerSection>
      {saved && !edit.typed && <Notice>{t('listEditor.saved')}</Notice>}
      {tried && !isFine && <Notice tone="bad">{t('listEditor.inTheWay')}</Notice>}
    </Drawer>
  );
}
