// The admin window's commands on automations. What names a project was checked by the permissions before; what names a rule or
// a delivery is looked up here within the asker's projects.
import { requireActor } from '../audit/actor.ts';
import type { ScopeOf } from '../permissions/scope.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { RuleService } from './rule-service.ts';
import type { WatchService } from './watch-service.ts';

type Command = Extract<keyof HubHandlers, `admin.automations.${string}`>;

export interface AutomationHandlerParts {
  readonly rules: RuleService;
  readonly watch: WatchService;
  readonly scopeOf: ScopeOf;
}

export function automationHandlers({
  rules,
  watch,
  scopeOf,
}: AutomationHandlerParts): Pick<HubHandlers, Command> {
  return {
    'admin.automations.list': ({ projectId }) => rules.list(projectId),
    'admin.automations.add': ({ rule }, connection) => rules.add(requireActor(connection), rule),
    'admin.automations.change': ({ id, version, rule }, connection) =>
      rules.change(requireActor(connection), id, version, rule),
    'admin.automations.remove': async ({ id, version }, connection) => {
      const scope = await scopeOf(requireSignedIn(connection).user);
      await rules.remove(requireActor(connection), id, version, scope);
      return null;
    },
    'admin.automations.renewSecret': async ({ id }, connection) => {
      const scope = await scopeOf(requireSignedIn(connection).user);
      return { webhookSecret: await rules.renewSecret(requireActor(connection), id, scope) };
    },
    'admin.automations.candidates': ({ rule }) => watch.candidates(rule),
    'admin.automations.tryOut': async ({ rule, id }) => {
      await rules.check(rule);
      return await watch.tryOut(rule, id);
    },
    'admin.automations.runs': ({ cursor, ...question }) => watch.runsOf(question, cursor),
    'admin.automations.deliveries': ({ cursor, ...question }) => watch.deliveriesOf(question, cursor),
    'admin.automations.resend': async ({ deliveryIds }, connection) => {
      const scope = await scopeOf(requireSignedIn(connection).user);
      return { resent: await watch.resend(requireActor(connection), deliveryIds, scope) };
    },
  };
}
