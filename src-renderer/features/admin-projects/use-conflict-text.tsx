// A field of a project as people read it, where two admins changed it at the same time.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { weekdays } from '../../parts/opening-week.ts';
import { weekdayName } from '../../parts/weekday-name.ts';
import type { DraftField, ProjectDraft } from './project-draft.ts';

export interface ConflictTexts {
  label(field: DraftField): string;
  show(field: DraftField, value: ProjectDraft[DraftField]): ReactNode;
}

export function useConflictText(
  users: readonly AdminUser[],
  projects: readonly AdminProject[],
): ConflictTexts {
  const { t, i18n } = useTranslation('admin');
  const labels: Record<DraftField, string> = {
    name: t('projects.name'),
    queueName: t('projects.queueName'),
    numbers: t('projects.section.numbers'),
    memberIds: t('projects.section.members'),
    distribution: t('projects.distribution.label'),
    ringSeconds: t('projects.ringSeconds'),
    onDecline: t('projects.decline.label'),
    wrapUpSeconds: t('projects.wrapUpSeconds'),
    dispositionRequired: t('projects.dispositionRequired'),
    mostWaiting: t('projects.mostWaiting'),
    longestWaitSeconds: t('projects.longestWait'),
    overflow: t('projects.overflow'),
    timeZone: t('projects.timeZone'),
    hours: t('projects.section.hours'),
    holidays: t('projects.section.holidays'),
  };
  const none = t('projects.conflict.none');
  const people = (ids: readonly string[]) => {
    const names = ids.flatMap((id) => {
      const user = users.find((each) => each.userId === id);
      return user ? `${user.firstName} ${user.lastName}` : [];
    });
    return ids.length === 0
      ? none
      : t('projects.conflict.people', { count: ids.length, names: names.join(', ') });
  };
  const shown: { [F in DraftField]: (value: ProjectDraft[F]) => ReactNode } = {
    name: (value) => value,
    queueName: (value) => value || none,
    numbers: (value) => value.join(', ') || none,
    memberIds: people,
    distribution: (value) => t(`projects.distribution.${value}`),
    ringSeconds: (value) => t('projects.conflict.seconds', { count: Number(value) }),
    onDecline: (value) => t(`projects.decline.${value}`),
    wrapUpSeconds: (value) => t('projects.conflict.seconds', { count: Number(value) }),
    dispositionRequired: (value) => t(value ? 'common.yes' : 'common.no'),
    mostWaiting: (value) => value,
    longestWaitSeconds: (value) => t('projects.conflict.seconds', { count: Number(value) }),
    overflow: (value) => {
      if (value.to === 'voicemail') return t('projects.overflowVoicemail');
      const name = projects.find((each) => each.id === value.projectId)?.settings.name;
      return name ? t('projects.overflowProject', { name }) : t('projects.overflowUnseen');
    },
    timeZone: (value) => value,
    hours: (value) =>
      value.always
        ? t('projects.always')
        : weekdays.map((weekday) => (
            <div key={weekday} className="oh-figures">
              {weekdayName(i18n.language, weekday, 'short')} {value.days[weekday] || t('projects.closed')}
            </div>
          )),
    holidays: (value) =>
      value.length === 0
        ? none
        : value.map((holiday) => (
            <div key={holiday.date} className="oh-figures">
              {holiday.date} {holiday.name}
            </div>
          )),
  };
  return {
    label: (field) => labels[field],
    show: (field, value) => (shown[field] as (value: unknown) => ReactNode)(value),
  };
}
