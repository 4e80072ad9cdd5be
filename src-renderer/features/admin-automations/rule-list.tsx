// The rules of a project: on or off, name, and what each does as one sentence. n adds one.
import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomationRule } from '#shared/domain/automation.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconAutomation, IconPlus } from '../../parts/icons.ts';
import { isTyping, useWindowKeys } from '../../parts/keyboard.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './automations.module.css';
import { Sentence } from './sentence.tsx';
import type { RuleChoices } from './use-rule-choices.ts';
import { useRuleWords } from './use-rule-words.ts';
import type { Rules } from './use-rules.ts';

export interface RuleListProps {
  readonly chooser: ReactNode;
  readonly source: Rules;
  readonly rules: readonly AutomationRule[];
  readonly choices: RuleChoices;
  /** Null: a new one. */
  onOpen(id: AutomationRule['id'] | null): void;
}

export function RuleList({ chooser, source, rules, choices, onOpen }: RuleListProps) {
  const { t, i18n } = useTranslation('admin');
  const words = useRuleWords(choices);
  const readOnly = useReadOnly();
  const change = useCommand('admin.automations.change');
  useWindowKeys((event) => {
    if (event.key !== 'n' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || readOnly) return;
    event.preventDefault();
    onOpen(null);
  });
  const turn = async ({ id, version, ...rule }: AutomationRule, on: boolean) => {
    const answer = await change.run({ id, version, rule: { ...rule, on } });
    if (answer) source.put(answer.rule);
    else source.again();
  };
  const collator = new Intl.Collator(i18n.language, { numeric: true });
  const ordered = [...rules].sort((a, b) => collator.compare(a.name, b.name));
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        {chooser}
        <span className={styles.push} />
        <Button
          tone="accent"
          icon={IconPlus}
          keys="N"
          shortcut="n"
          disabled={readOnly}
          onClick={() => onOpen(null)}
        >
          {t('automations.add')}
        </Button>
      </div>
      {change.refusal && (
        <div className={styles.around}>
          <RefusalNotice reason={change.refusal} before="admin" />
        </div>
      )}
      {ordered.length === 0 ? (
        <EmptyState icon={IconAutomation} title={t('automations.noneTitle')} text={t('automations.none')} />
      ) : (
        <ul className={styles.rules} aria-label={t('automations.list')}>
          {ordered.map((rule) => (
            <li key={rule.id} className={styles.rule} aria-label={rule.name} data-off={!rule.on || undefined}>
              <Switch
                className={styles.switch}
                aria-label={t('automations.turn', { name: rule.name })}
                checked={rule.on}
                disabled={readOnly || change.running}
                onChange={(event) => void turn(rule, event.currentTarget.checked)}
              />
              <div className={styles.ruleWords}>
                <button type="button" className={styles.ruleName} onClick={() => onOpen(rule.id)}>
                  {rule.name}
                </button>
                <p className={styles.sentence}>
                  <Sentence text={words.sentence(rule)} />
                </p>
              </div>
              {!rule.on && <span className={styles.off}>{t('automations.off')}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
