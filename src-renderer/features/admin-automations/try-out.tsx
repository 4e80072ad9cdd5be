// A rule tried out against something that has happened: by condition and action what would be, and what a webhook would
// carry. It follows what is typed; nothing is changed or sent.
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomationTrigger } from '#shared/domain/automation.ts';
import { type OutcomeButton, outcomeButton } from '#shared/domain/dial-up.ts';
import { recordKind } from '#shared/domain/disposition.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';
import { Chip } from '../../parts/chip.tsx';
import { IconCheck, IconX } from '../../parts/icons.ts';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { When } from '../../parts/time.tsx';
import styles from './automations.module.css';
import { ResultList } from './result-list.tsx';
import type { EditedRule } from './rule-draft.ts';
import { Sentence } from './sentence.tsx';
import type { RuleWords } from './use-rule-words.ts';

export interface TryOutProps {
  /** Null while something in it is missing or wrong. */
  readonly rule: EditedRule | null;
  readonly trigger: AutomationTrigger;
  readonly words: RuleWords;
}

const typingPauseMs = 400;

export function TryOut({ rule, trigger, words }: TryOutProps) {
  const { t } = useTranslation('admin');
  const client = useClient();
  const settled = useSettled(rule);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const latest = useRef(settled);
  useEffect(() => {
    latest.current = settled;
  });
  // What there is to choose from goes by the trigger alone.
  const kind = settled && JSON.stringify(settled.trigger);
  const candidates = useAsked(
    useCallback(async () => {
      if (kind === null || !latest.current) return null;
      return { kind, list: await client.call('admin.automations.candidates', { rule: latest.current }) };
    }, [client, kind]),
  );
  const list = candidates.answer?.kind === kind ? candidates.answer?.list : undefined;
  const chosen = list?.find(({ id }) => id === chosenId);
  const id = chosen?.id ?? null;
  const tried = useAsked(
    useCallback(async () => {
      if (settled === null || id === null) return null;
      return { rule: settled, id, ...(await client.call('admin.automations.tryOut', { rule: settled, id })) };
    }, [client, settled, id]),
  );
  const result = tried.answer?.id === id ? tried.answer : null;
  const whatOf = (what: string) => <What what={what} on={trigger.on} words={words} />;
  return (
    <section className={styles.try} aria-label={t('automations.try.title')}>
      <h2 className={styles.tryTitle}>{t('automations.try.title')}</h2>
      <p className={styles.hint}>{t('automations.try.hint')}</p>
      {rule === null ? (
        <p className={styles.quiet}>{t('automations.try.unfinished')}</p>
      ) : (
        <>
          <RefusalNotice reason={candidates.refusal} before="admin" />
          {!list && !candidates.refusal && <p className={styles.quiet}>{t('automations.try.asking')}</p>}
          {list?.length === 0 && <p className={styles.quiet}>{t('automations.try.none')}</p>}
          {list && list.length > 0 && (
            <ul className={styles.candidates} aria-label={t('automations.try.candidates')}>
              {list.map((candidate) => (
                <li key={candidate.id}>
                  <button
                    type="button"
                    className={styles.candidate}
                    aria-pressed={candidate.id === id}
                    onClick={() => setChosenId(candidate.id)}
                  >
                    <span className={styles.candidateName}>
                      {candidate.name || t('automations.try.unnamed')}
                    </span>
                    <span className={styles.candidateWhat}>{whatOf(candidate.what)}</span>
                    <When atMs={candidate.atMs} />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <RefusalNotice reason={id === null ? null : tried.refusal} before="admin" />
          {result && (
            <div className={styles.outcome} role="status" aria-label={t('automations.try.result')}>
              <Chip tone={result.applies ? 'good' : 'warn'} icon={result.applies ? IconCheck : IconX}>
                {t(
                  result.applies
                    ? 'automations.try.applies'
                    : result.conditions.includes(false)
                      ? 'automations.try.doesNotApply'
                      : 'automations.try.doesNotApplyAtAll',
                )}
              </Chip>
              {result.rule.conditions.length > 0 && (
                <ul className={styles.checks}>
                  {result.rule.conditions.map((condition, place) => {
                    const holds = result.conditions[place] === true;
                    const Sign = holds ? IconCheck : IconX;
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: conditions are known by their place
                      <li key={place} className={styles.check} data-holds={holds}>
                        <Sign size={14} stroke={2.25} aria-hidden="true" />
                        <span>
                          <span className="oh-unseen">
                            {t(holds ? 'automations.try.holds' : 'automations.try.holdsNot')}:{' '}
                          </span>
                          <Sentence text={words.condition(condition)} />
                        </span>
                      </li>
                    );
                  })}
                </ul>
              )}
              {result.applies && <ResultList results={result.results} words={words} wording="tried" />}
              {result.applies && result.payload !== null && (
                <>
                  <h3 className={styles.tryTitle}>{t('automations.try.payload')}</h3>
                  <section
                    className={styles.payload}
                    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
                    tabIndex={0}
                    aria-label={t('automations.try.payload')}
                  >
                    <code>{indented(result.payload)}</code>
                  </section>
                </>
              )}
            </div>
          )}
        </>
      )}
    </section>
  );
}

/** A candidate's word: a disposition's label, else a code of ours. */
function What(props: {
  readonly what: string;
  readonly on: AutomationTrigger['on'];
  readonly words: RuleWords;
}) {
  const { what, on, words } = props;
  const { t } = useTranslation();
  const kind = recordKind.safeParse(what);
  if (on === 'recordCreated' && kind.success) return t(`recordKind.${kind.data}`);
  if (on === 'orderOutcome' && outcomeButton.safeParse(what).success)
    return words.button(what as OutcomeButton);
  return what;
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    // Shown as it would be sent.
    return json;
  }
}

/** The rule as it is once typing has stopped for a moment; the same object while nothing in it has changed. */
function useSettled(rule: EditedRule | null): EditedRule | null {
  const [settled, setSettled] = useState(rule);
  const is = rule && JSON.stringify(rule);
  const was = settled && JSON.stringify(settled);
  const latest = useRef(rule);
  useEffect(() => {
    latest.current = rule;
  });
  useEffect(() => {
    if (is === was) return;
    const timer = setTimeout(() => setSettled(latest.current), typingPauseMs);
    return () => clearTimeout(timer);
  }, [is, was]);
  return settled;
}
