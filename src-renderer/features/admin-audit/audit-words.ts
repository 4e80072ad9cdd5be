// What the audit log says, in words: actions and fields that we know by their text, others as the hub calls them.
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#shared/admin/system-contract.ts';
import { adminEn } from '../../i18n/admin/admin-en.ts';
import { type Format, formatDuration, useFormat } from '../../i18n/use-format.ts';

type KnownAction = keyof typeof adminEn.auditAction;
type KnownField = keyof typeof adminEn.auditField;
type KnownValue = keyof typeof adminEn.auditValue;

export interface AuditWords {
  /** "User added" */
  action(action: string): string;
  /** "Ring time" */
  field(field: string): string;
  /** "Sara Öztürk", "API key Import" */
  actor(actor: AuditEntry['actor']): string;
  /** What was changed: a name, or what the whole of it is called. */
  subject(subject: AuditEntry['subject']): string;
  /** A value as lines of text; an empty list where there is none. */
  lines(field: string, value: unknown): string[];
}

export function useAuditWords(): AuditWords {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const field = (name: string) =>
    Object.hasOwn(adminEn.auditField, name) ? t(`auditField.${name as KnownField}`) : name;
  const yesNo = (value: boolean) => t(value ? 'common.yes' : 'common.no');
  // What people typed is told as it is: only fields that hold one of a few words are translated.
  const wordOf = (name: string, value: string) =>
    fieldsOfWords.has(name) && Object.hasOwn(adminEn.auditValue, value)
      ? t(`auditValue.${value as KnownValue}`)
      : value;
  return {
    action(action) {
      const key = action.replace('.', '_');
      return Object.hasOwn(adminEn.auditAction, key) ? t(`auditAction.${key as KnownAction}`) : action;
    },
    field,
    actor({ kind, name }) {
      if (kind === 'console') return t('audit.console');
      if (kind === 'automation') return `${t('audit.automation')} ${name}`;
      return kind === 'apiKey' ? `${t('audit.apiKey')} ${name}` : name;
    },
    subject({ kind, name }) {
      return kind === 'settings' || kind === 'statuses' ? t(`auditSubject.${kind}`) : name;
    },
    lines: (name, value) => linesOf(name, value, { format, yesNo, field, value: wordOf }),
  };
}

const fieldsOfWords: ReadonlySet<string> = new Set([
  'accountType',
  'secondFactor',
  'status',
  'distribution',
  'onDecline',
  'to',
  'actsAs',
]);

interface Words {
  readonly format: Format;
  yesNo(value: boolean): string;
  field(name: string): string;
  value(name: string, value: string): string;
}

/** Numbers by the unit in their name; lists one item a line; what has fields as "field: value". */
function linesOf(name: string, value: unknown, words: Words): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.map((item: unknown) => oneLine(name, item, words));
  return [oneLine(name, value, words)];
}

function oneLine(name: string, value: unknown, words: Words): string {
  if (typeof value === 'boolean') return words.yesNo(value);
  if (typeof value === 'number') {
    if (/(^|[a-z])[aA]tMs$|untilMs$/.test(name)) return words.format.dateTime(value);
    return name.endsWith('Ms') ? formatDuration(value) : String(value);
  }
  if (typeof value === 'string') return words.value(name, value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== '')
    .map(
      ([inner, content]: [string, unknown]) =>
        `${words.field(inner)}: ${linesOf(inner, content, words).join(', ')}`,
    )
    .join(' · ');
}
