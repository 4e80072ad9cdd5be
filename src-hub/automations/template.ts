// Names in double braces, put in place of: {{record.name}} and so on. Pure. Which there are is checked when a rule is saved,
// so that nobody is sent braces.
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { Facts } from './facts.ts';

export interface NamedValues {
  readonly facts: Facts;
  readonly projectName: string;
  readonly record: {
    readonly name: string;
    readonly kind: string;
    readonly number: string;
    readonly email: string;
    readonly city: string;
    readonly description: string;
    readonly fields: Readonly<Record<string, string | number | boolean>>;
  } | null;
  readonly order: {
    readonly goods: string;
    readonly status: string;
    readonly delivery: string;
    readonly sum: string;
  } | null;
}

const values: Readonly<Record<string, (of: NamedValues) => string | undefined>> = {
  'record.name': ({ record }) => record?.name,
  'record.kind': ({ record }) => record?.kind,
  'record.number': ({ record, facts }) => record?.number || (facts.call?.number ?? ''),
  'record.email': ({ record }) => record?.email,
  'record.city': ({ record }) => record?.city,
  'record.description': ({ record }) => record?.description,
  'call.number': ({ facts }) => facts.call?.number ?? '',
  'call.direction': ({ facts }) => facts.call?.direction,
  'call.outcome': ({ facts }) => facts.call?.outcome,
  'call.disposition': ({ facts }) => facts.call?.disposition,
  'call.note': ({ facts }) => facts.call?.note,
  'order.goods': ({ order }) => order?.goods,
  'order.status': ({ order }) => order?.status,
  'order.delivery': ({ order }) => order?.delivery,
  'order.sum': ({ order }) => order?.sum,
  'order.outcome': ({ facts }) => facts.outcome?.label || facts.outcome?.button,
  'order.note': ({ facts }) => facts.outcome?.note,
  'agent.name': ({ facts }) => facts.agent?.name,
  'project.name': ({ projectName }) => projectName,
};

const inBraces = /\{\{\s*([^{}]*?)\s*\}\}/g;
const ownField = /^record\.fields\.([a-z][a-zA-Z0-9]{0,49})$/;

/** '' for what is not there. */
export function filled(template: string, of: NamedValues): string {
  return template.replace(inBraces, (_, name: string) => {
    const [, key] = ownField.exec(name) ?? [];
    if (key !== undefined) return String(of.record?.fields[key] ?? '');
    return values[name]?.(of) ?? '';
  });
}

/**
 * @param hasField whether the project's records have a field of this key.
 * @throws CommandFailed 'unknownName'
 */
export function requireKnownNames(template: string, hasField: (key: string) => boolean): void {
  for (const [, name = ''] of template.matchAll(inBraces)) {
    const [, key] = ownField.exec(name) ?? [];
    if (key === undefined ? Object.hasOwn(values, name) : hasField(key)) continue;
    throw new CommandFailed(
      'unknownName',
      `There is nothing that {{${name}}} could stand for. Nothing was changed; correct the name.`,
    );
  }
}
