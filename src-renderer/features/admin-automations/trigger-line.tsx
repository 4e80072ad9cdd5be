// "When …": what sets a rule off, with its choices.
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AutomationTrigger } from '#shared/domain/automation.ts';
import { dialMode, outcomeButton } from '#shared/domain/dial-up.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import styles from './automations.module.css';
import { SomeOf } from './some-of.tsx';
import type { RuleChoices } from './use-rule-choices.ts';
import type { RuleWords } from './use-rule-words.ts';

export interface TriggerLineProps {
  readonly trigger: AutomationTrigger;
  readonly choices: RuleChoices;
  readonly words: RuleWords;
  /** What the hub refused, where it is about this. */
  readonly refused: string | undefined;
  onChange(trigger: AutomationTrigger): void;
}

const empty: { readonly [On in AutomationTrigger['on']]: AutomationTrigger } = {
  disposition: { on: 'disposition', dispositionIds: [] },
  orderOutcome: { on: 'orderOutcome', modes: [], buttons: [] },
  missedCall: { on: 'missedCall' },
  recordCreated: { on: 'recordCreated', kinds: [] },
};
const kindsOfTrigger = Object.keys(empty) as AutomationTrigger['on'][];

export function TriggerLine({ trigger, choices, words, refused, onChange }: TriggerLineProps) {
  const { t } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  return (
    <div className={styles.row}>
      <span className={styles.lead}>{t('automations.lead.when')}</span>
      <div className={styles.parts}>
        <Select
          className={styles.what}
          aria-label={t('automations.section.trigger')}
          data={kindsOfTrigger.map((on) => ({ value: on, label: t(`automations.trigger.${on}`) }))}
          value={trigger.on}
          onChange={(on) =>
            on !== null && on !== trigger.on && onChange(empty[on as AutomationTrigger['on']])
          }
        />
        {trigger.on === 'disposition' && (
          <SomeOf
            className={styles.wide}
            label={t('automations.field.dispositions')}
            anyText={t('automations.field.anyDisposition')}
            options={choices.dispositions.map(({ id, label }) => ({ value: id, label }))}
            chosen={trigger.dispositionIds}
            error={refused}
            onChange={(dispositionIds) => onChange({ ...trigger, dispositionIds })}
          />
        )}
        {trigger.on === 'orderOutcome' && (
          <>
            <SomeOf
              className={styles.wide}
              label={t('automations.field.modes')}
              anyText={t('automations.field.anyMode')}
              options={dialMode.options.map((mode) => ({ value: mode, label: words.mode(mode) }))}
              chosen={trigger.modes}
              onChange={(modes) => onChange({ ...trigger, modes })}
            />
            <SomeOf
              className={styles.wide}
              label={t('automations.field.buttons')}
              anyText={t('automations.field.anyOutcome')}
              options={outcomeButton.options.map((button) => ({
                value: button,
                label: words.button(button),
              }))}
              chosen={trigger.buttons}
              onChange={(buttons) => onChange({ ...trigger, buttons })}
            />
          </>
        )}
        {trigger.on === 'recordCreated' && (
          <SomeOf
            className={styles.wide}
            label={t('automations.field.kinds')}
            anyText={t('automations.field.anyKind')}
            options={recordKind.options.map((kind) => ({ value: kind, label: tAll(`recordKind.${kind}`) }))}
            chosen={trigger.kinds}
            onChange={(kinds) => onChange({ ...trigger, kinds })}
          />
        )}
      </div>
    </div>
  );
}
