// The company as routing sees it at this moment, put together from accounts, presence, devices and projects.
import type { UserDirectory } from '../accounts/user-directory.ts';
import type { SipUser } from '../exchange/exchange-ports.ts';
import type { DeviceReports } from '../presence/device-reports.ts';
import type { PresenceService } from '../presence/presence-service.ts';
import type { ProjectService } from '../projects/project-service.ts';
import type { Company } from './route-decision.ts';

export interface CompanyParts {
  readonly users: UserDirectory;
  readonly presence: PresenceService;
  readonly devices: DeviceReports;
  readonly projects: ProjectService;
  readonly practiceNumbers: readonly string[];
  liveBindings(user: SipUser): number;
}

export function companyNow(parts: CompanyParts): Company {
  const { users, presence, devices, projects, practiceNumbers } = parts;
  return {
    users: users.all().map(({ userId, extension }) => ({
      userId,
      extension,
      status: presence.of(userId).status,
      activity: devices.activityOf(userId),
      liveBindings: parts.liveBindings(extension),
      devices: devices.devicesOf(userId),
    })),
    projects: projects.all().map(({ project, queueName, ringTimeoutMs, memberIds }) => ({
      id: project.id,
      queueName,
      numbers: project.numbers,
      members: memberIds,
      ringTimeoutMs,
    })),
    practiceNumbers,
  };
}
