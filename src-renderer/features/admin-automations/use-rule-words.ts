// A rule, or a part of it, as words: one whole sentence in the language that is shown. What was chosen or written stands
// between isolates (U+2068, U+2069), so that it keeps its own direction and a page can set it apart (sentence.tsx).
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/domain/assert-never.ts';
import {
  type AutomationAction,
  type AutomationCondition,
  type AutomationTrigger,
  type TemplateName,
  templateNames,
} from '#shared/domain/automation.ts';
import type { DialMode, OutcomeButton } from '#shared/domain/dial-up.ts';
import type { RuleChoices } from './use-rule-choices.ts';

/** The parts may be unfinished. */
export interface SaidRule {
  readonly trigger: AutomationTrigger;
  readonly conditions: readonly AutomationCondition[];
  readonly actions: readonly AutomationAction[];
}

export interface RuleWords {
  sentence(rule: SaidRule): string;
  trigger(trigger: AutomationTrigger): string;
  condition(condition: AutomationCondition): string;
  action(action: AutomationAction): string;
  mode(mode: DialMode): string;
  button(button: OutcomeButton): string;
  recordField(field: string): string;
  /** As the menu of names has it, such as "Record: Name". */
  templateName(name: string): string;
}

const groups = { record: 'record', call: 'call', order: 'order' } as const;

export function useRuleWords(choices: RuleChoices): RuleWords {
  const { t, i18n } = useTranslation('admin');
  const { t: tAll } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const locale = language === 'en' ? 'en-GB' : language;
    const either = new Intl.ListFormat(locale, { type: 'disjunction' });
    const both = new Intl.ListFormat(locale, { type: 'conjunction' });
    const ahead = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
    const apart = (text: string) => `\u2068${text === '' ? '…' : text}\u2069`;
    const anyOf = (texts: readonly string[]) => either.format((texts.length > 0 ? texts : ['']).map(apart));
    const nameIn = <T extends { readonly id: string }>(
      all: readonly T[],
      id: string,
      name: (one: T) => string,
    ) => {
      const found = all.find((each) => each.id === id);
      return found ? name(found) : id === '' ? '' : t('automations.gone');
    };
    const status = (id: string) => nameIn(choices.statuses, id, ({ label }) => label);
    const person = (id: string) => nameIn(choices.people, id, ({ name }) => name);
    const mode = (each: DialMode) =>
      choices.freeModes.find((free) => free.mode === each)?.name || t(`callMode.modes.${each}`);
    const button = (each: OutcomeButton) => {
      const place = ['extra1', 'extra2'].indexOf(each);
      const labels = choices.extraButtons.flatMap(({ extraButtons }) => extraButtons[place]?.label ?? []);
      return labels.length > 0 ? [...new Set(labels)].join(' / ') : t(`callMode.buttons.${each}`);
    };
    const ownField = (key: string) => choices.fields.find((field) => field.key === key)?.label;
    const recordField = (field: string) => {
      if (field === 'kind' || field === 'city' || field === 'description')
        return t(`automations.recordField.${field}`);
      return ownField(field.slice('fields.'.length)) ?? t('automations.gone');
    };
    const templateName = (name: string) => {
      if (name.startsWith('record.fields.')) return ownField(name.slice(14)) ?? t('automations.gone');
      if (!isTemplateName(name)) return name;
      const word = t(`automations.names.${name}`);
      const group = Object.entries(groups).find(([prefix]) => name.startsWith(`${prefix}.`))?.[1];
      return group ? `${t(`automations.nameGroup.${group}`)}: ${word}` : word;
    };
    /** Names in braces as people call them. */
    const filled = (text: string) =>
      text.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name: string) => `[${templateName(name)}]`);
    const value = (is: string | number | boolean) =>
      typeof is === 'boolean' ? t(is ? 'common.yes' : 'common.no') : String(is);

    const trigger = (of: AutomationTrigger): string => {
      switch (of.on) {
        case 'disposition':
          if (of.dispositionIds.length === 0) return t('automations.sentence.dispositionAny');
          return t('automations.sentence.disposition', {
            what: anyOf(
              of.dispositionIds.map((id) => nameIn(choices.dispositions, id, ({ label }) => label)),
            ),
          });
        case 'orderOutcome': {
          const said = { modes: anyOf(of.modes.map(mode)), buttons: anyOf(of.buttons.map(button)) };
          if (of.modes.length > 0 && of.buttons.length > 0) return t('automations.sentence.outcome', said);
          if (of.modes.length > 0) return t('automations.sentence.outcomeAnyButton', said);
          if (of.buttons.length > 0) return t('automations.sentence.outcomeAnyMode', said);
          return t('automations.sentence.outcomeAny');
        }
        case 'missedCall':
          return t('automations.sentence.missedCall');
        case 'recordCreated':
          if (of.kinds.length === 0) return t('automations.sentence.recordCreatedAny');
          return t('automations.sentence.recordCreated', {
            what: anyOf(of.kinds.map((kind) => tAll(`recordKind.${kind}`))),
          });
        default:
          return assertNever(of);
      }
    };
    const condition = (of: AutomationCondition): string => {
      switch (of.field) {
        case 'direction':
          return t(`automations.sentence.${of.is === 'inbound' ? 'directionInbound' : 'directionOutbound'}`);
        case 'callOutcome':
          return t('automations.sentence.callOutcome', {
            what: anyOf(of.is.map((each) => tAll(`outcome.${each}`))),
          });
        case 'recordKind':
          return t('automations.sentence.recordKind', {
            what: anyOf(of.is.map((kind) => tAll(`recordKind.${kind}`))),
          });
        case 'hasRecord':
          return t(`automations.sentence.${of.is ? 'hasRecord' : 'hasNoRecord'}`);
        case 'tag':
          return t(`automations.sentence.${of.has ? 'hasTag' : 'hasNotTag'}`, { tag: apart(of.tag) });
        case 'orderStatus':
          return t('automations.sentence.orderStatus', { what: anyOf(of.is.map(status)) });
        case 'note':
          return t('automations.sentence.note', { text: apart(of.contains) });
        case 'talkedAtLeast': {
          const [count, unit] = of.seconds % 60 === 0 ? [of.seconds / 60, 'minute'] : [of.seconds, 'second'];
          const long = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
          return t('automations.sentence.talkedAtLeast', { time: apart(long.format(count)) });
        }
        case 'agent':
          return t('automations.sentence.agent', { who: anyOf(of.is.map(person)) });
        case 'recordField':
          return t('automations.sentence.recordField', {
            field: apart(recordField(`fields.${of.key}`)),
            value: apart(value(of.is)),
          });
        default:
          return assertNever(of);
      }
    };
    const action = (of: AutomationAction): string => {
      switch (of.do) {
        case 'setOrderStatus':
          return t('automations.sentence.setOrderStatus', { status: apart(status(of.statusId)) });
        case 'createOrder':
          return t(`automations.sentence.${of.goods === '' ? 'createOrder' : 'createOrderFor'}`, {
            status: apart(status(of.statusId)),
            goods: apart(filled(of.goods)),
          });
        case 'planCallBack': {
          const [count, unit] = spanOf(of.afterMinutes);
          const time = apart(ahead.format(count, unit));
          return t(`automations.sentence.${of.own ? 'planOwn' : 'planAnyone'}`, { time });
        }
        case 'createRecord':
          return t('automations.sentence.createRecord', { kind: apart(tAll(`recordKind.${of.kind}`)) });
        case 'changeRecord':
          return t(`automations.sentence.${of.value === '' ? 'clearRecord' : 'changeRecord'}`, {
            field: apart(recordField(of.field)),
            value: apart(filled(of.value)),
          });
        case 'assign':
          return t('automations.sentence.assign', { who: apart(person(of.userId)) });
        case 'addTag':
          return t('automations.sentence.addTag', { tag: apart(of.tag) });
        case 'webhook':
          return t('automations.sentence.webhook', { url: apart(of.url.replace(/[?#].*$/, '')) });
        case 'email':
          return t('automations.sentence.email', {
            subject: apart(filled(of.subject)),
            to: both.format((of.to.length > 0 ? of.to : ['']).map((each) => apart(filled(each)))),
          });
        default:
          return assertNever(of);
      }
    };
    return {
      ...{ trigger, condition, action, mode, button, recordField, templateName },
      sentence({ trigger: on, conditions, actions }) {
        const when = [trigger(on), ...conditions.map(condition)].join(t('automations.sentence.and'));
        if (actions.length === 0) return t('automations.sentence.nothingYet', { when });
        return t('automations.sentence.whole', { when, does: both.format(actions.map(action)) });
      },
    };
  }, [choices, language, t, tAll]);
}

/** In the largest unit that it is whole in. */
export function spanOf(minutes: number): [count: number, unit: 'day' | 'hour' | 'minute'] {
  if (minutes > 0 && minutes % 1_440 === 0) return [minutes / 1_440, 'day'];
  if (minutes > 0 && minutes % 60 === 0) return [minutes / 60, 'hour'];
  return [minutes, 'minute'];
}

function isTemplateName(name: string): name is TemplateName {
  return (templateNames as readonly string[]).includes(name);
}
