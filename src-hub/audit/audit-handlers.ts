// The command on the audit log.
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import type { AuditService } from './audit-service.ts';

export function auditHandlers(audit: AuditService): Pick<HubHandlers, 'admin.audit.list'> {
  return {
    'admin.audit.list': (question, connection) => audit.list(requireSignedIn(connection).user, question),
  };
}
