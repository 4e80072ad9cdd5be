// A mode's settings as people read them, where two supervisors changed the same one at the same time.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderStatusId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import type { ModeDraft, ModeField } from './mode-draft.ts';

export function useModeWords(): {
  label(field: ModeField): string;
  show(field: ModeField, value: ModeDraft[ModeField]): ReactNode;
} {
  const { t } = useTranslation('admin');
  const users = useAdminList('users').answer ?? [];
  const statuses = useAdminList('orderStatuses').answer?.statuses ?? [];
  const statusName = (id: OrderStatusId | null, none: string) =>
    id === null ? none : (statuses.find((each) => each.id === id)?.label ?? t('callMode.goneStatus'));
  const none = t('dialUp.conflict.none');
  const yesNo = (value: boolean) => t(value ? 'dialUp.conflict.yes' : 'dialUp.conflict.no');
  const minutes = (value: string) => `${value} ${t('dialUp.minutes')}`;
  const labels: Record<ModeField, string> = {
    open: t('dialUp.open'),
    highPriority: t('dialUp.highPriority'),
    standardTimeMinutes: t('dialUp.standardTimeMinutes'),
    noAnswer: t('dialUp.delay.noAnswer'),
    busy: t('dialUp.delay.busy'),
    hangUp: t('dialUp.delay.hangUp'),
    attempts: t('dialUp.attempts'),
    usedUpStatusId: t('dialUp.usedUp'),
    buttons: t('dialUp.section.buttons'),
    extraButtons: t('dialUp.section.extra'),
    agents: t('dialUp.section.agents'),
    script: t('dialUp.script'),
  };
  const shown: { [F in ModeField]: (value: ModeDraft[F]) => ReactNode } = {
    open: yesNo,
    highPriority: yesNo,
    standardTimeMinutes: minutes,
    noAnswer: minutes,
    busy: minutes,
    hangUp: minutes,
    attempts: (value) => value,
    usedUpStatusId: (value) => statusName(value, t('dialUp.staysOut')),
    buttons: (value) =>
      value
        .filter((each) => each.shown)
        .map(({ button, statusId }) => (
          <div key={button}>
            {t(`callMode.buttons.${button}`)}: {statusName(statusId, t('dialUp.stays'))}
          </div>
        )),
    extraButtons: (value) =>
      value.length === 0
        ? none
        : value.map(({ rowKey, label, statusId }) => (
            <div key={rowKey}>
              {label}: {statusName(statusId, none)}
            </div>
          )),
    agents: ({ all, ids }) =>
      all
        ? t('dialUp.all')
        : users
            .filter(({ userId }) => ids.includes(userId))
            .map(({ firstName, lastName }) => `${firstName} ${lastName}`)
            .join(', ') || none,
    script: (value) => value || none,
  };
  return {
    label: (field) => labels[field],
    show: (field, value) => (shown[field] as (value: unknown) => ReactNode)(value),
  };
}
