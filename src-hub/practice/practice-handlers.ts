// What only a practice hub does: telling its sample accounts, and calling the practice project.
import { hubContract } from '#shared/hub/hub-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { HubLog } from '../hub-log.ts';
import type { ScriptedCallers } from '../media/media-ports.ts';
import { requireSignedIn } from '../wire/hub-connection.ts';
import type { HubHandlers } from '../wire/hub-connections.ts';
import { sampleAccounts } from './sample-company.ts';

export interface PracticeHandlerParts {
  readonly practice: boolean;
  readonly log: HubLog;
  /** Null while the hub is still starting. */
  scriptedCallers(): Promise<ScriptedCallers> | null;
}

type PracticeHandlers = Pick<HubHandlers, 'hub.describe' | 'practice.call'>;

export function practiceHandlers({ practice, log, scriptedCallers }: PracticeHandlerParts): PracticeHandlers {
  const described = practice
    ? sampleAccounts.map(({ username, password, accountType }) => ({ username, password, accountType }))
    : [];
  return {
    'hub.describe': () => ({
      contractVersion: hubContract.version,
      practice,
      sampleAccounts: described,
    }),
    'practice.call': async ({ kind }, connection) => {
      if (!connection.practiceOperator) requireSignedIn(connection);
      if (!practice) throw new CommandFailed('notPractice', 'This hub makes no practice calls.');
      const starting = scriptedCallers();
      if (!starting) throw notReady();
      const callers = await starting;
      try {
        await callers.call(kind, (progress) => connection.tell('practice.progress', progress));
      } catch (error) {
        log.warn('practice: a call could not be started', { kind, error });
        throw notReady();
      }
      return null;
    },
  };
}

function notReady(): CommandFailed {
  return new CommandFailed('mediaAway', 'The scripted callers are not ready. Try again in a few seconds.');
}
