// After how long a call back is planned, in a unit of one's own, and for whom.
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomationAction } from '#shared/domain/automation.ts';
import styles from './automations.module.css';
import { YesNo } from './condition-fields.tsx';
import { NumberField } from './number-field.tsx';
import { spanOf } from './use-rule-words.ts';

type PlanCallBack = Extract<AutomationAction, { do: 'planCallBack' }>;

export interface CallBackFieldsProps {
  readonly action: PlanCallBack;
  readonly error: string | undefined;
  onChange(action: PlanCallBack): void;
}

const minutesIn = { minutes: 1, hours: 60, days: 1_440 } as const;
type Unit = keyof typeof minutesIn;
const unitOf = { minute: 'minutes', hour: 'hours', day: 'days' } as const;

export function CallBackFields({ action, error, onChange }: CallBackFieldsProps) {
  const { t } = useTranslation('admin');
  // While one types "60 minutes", it does not turn into an hour.
  const [unit, setUnit] = useState<Unit>(() => unitOf[spanOf(action.afterMinutes)[1]]);
  const whole = action.afterMinutes % minutesIn[unit] === 0;
  const shown = whole ? unit : 'minutes';
  const count = action.afterMinutes / minutesIn[shown];
  return (
    <>
      <NumberField
        label={t('automations.field.amount')}
        value={count}
        error={error}
        onChange={(next) => onChange({ ...action, afterMinutes: next * minutesIn[shown] })}
      />
      <Select
        className={styles.short}
        aria-label={t('automations.field.unit')}
        data={(Object.keys(minutesIn) as Unit[]).map((each) => ({
          value: each,
          label: t(`automations.unit.${each}`),
        }))}
        value={shown}
        onChange={(next) => {
          if (next === null) return;
          setUnit(next as Unit);
          onChange({ ...action, afterMinutes: count * minutesIn[next as Unit] });
        }}
      />
      <YesNo
        label={t('automations.field.whose')}
        yes={t('automations.own.yes')}
        no={t('automations.own.no')}
        value={action.own}
        onChange={(own) => onChange({ ...action, own })}
      />
    </>
  );
}
