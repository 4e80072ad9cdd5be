// The commands on a project's call form, for its supervisors.
import { requireActor } from '../audit/actor.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { CallFormService } from './call-form-service.ts';

export function callFormHandlers(
  forms: CallFormService,
): Pick<HubHandlers, 'admin.callForms.get' | 'admin.callForms.set'> {
  return {
    'admin.callForms.get': ({ projectId }) => forms.get(projectId),
    'admin.callForms.set': ({ projectId, version, form }, connection) =>
      forms.set(requireActor(connection), projectId, version, form),
  };
}
