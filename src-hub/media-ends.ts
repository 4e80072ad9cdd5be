// Starts the hub's own SIP users once the exchange can be reached: voicemail, echo and, in practice mode, the scripted
// callers. One that cannot start is logged; the hub runs on without it.
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { SipCredentials } from './accounts/sip-credentials.ts';
import type { SipUser } from './exchange/exchange-ports.ts';
import type { HubLog } from './hub-log.ts';
import { startEchoEnd } from './media/echo-end.ts';
import type { MediaEnd } from './media/media-end.ts';
import type { MediaEndAccount, MessageKeeper, ScriptedCallers } from './media/media-ports.ts';
import { readPracticeMediaOptions } from './media/practice-recordings.ts';
import { startQueueEnd } from './media/queue-end.ts';
import { createScriptedCallers } from './media/scripted-callers.ts';
import { startVoicemailEnd } from './media/voicemail-end.ts';
import { samplePracticeNumber } from './practice/sample-company.ts';
import { echoUser, queueUser, trunkUser, voicemailUser } from './routing/route-decision.ts';

export interface MediaEndsParts {
  readonly credentials: SipCredentials;
  readonly domain: string;
  /** URL of the exchange's WebSocket. */
  readonly webSocketUrl: string;
  /** Addresses of this computer that sound is sent from. */
  readonly mediaAddresses: readonly string[];
  readonly practice: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly messages: MessageKeeper;
  readonly log: HubLog;
}

export interface MediaEnds {
  /** @throws CommandFailed 'mediaAway' where they could not be started, with the reason. */
  scriptedCallers(): Promise<ScriptedCallers>;
  /** Calls that voicemail, echo and callers have now: one of them may be a message half spoken. */
  callCount(): number;
  close(): Promise<void>;
}

export function startMediaEnds(parts: MediaEndsParts): MediaEnds {
  const { credentials, domain, webSocketUrl, log } = parts;
  const accountOf = (user: SipUser): MediaEndAccount => ({
    webSocketUrl,
    uri: `sip:${user}@${domain}`,
    mediaAddresses: parts.mediaAddresses,
    ...credentials.addMediaEnd(user),
  });
  const ends: MediaEnd[] = [
    startVoicemailEnd({ account: accountOf(voicemailUser), messages: parts.messages, log }),
    startEchoEnd({ account: accountOf(echoUser), log }),
    startQueueEnd({ account: accountOf(queueUser), log }),
  ];

  const startCallers = async (): Promise<ScriptedCallers> => {
    const options = await readPracticeMediaOptions(parts.environment);
    const callers = createScriptedCallers({
      account: accountOf(trunkUser),
      projectNumber: samplePracticeNumber,
      log,
      ...options,
    });
    ends.push(callers);
    return callers;
  };
  const callers = parts.practice ? startCallers() : null;
  callers?.catch((error: unknown) =>
    log.error('media: the scripted callers could not be started', { error }),
  );

  return {
    async scriptedCallers() {
      if (!callers) throw new CommandFailed('notPractice', 'This hub makes no practice calls.');
      try {
        return await callers;
      } catch (error) {
        throw new CommandFailed(
          'mediaAway',
          error instanceof Error ? error.message : 'They could not be started.',
        );
      }
    },
    callCount: () => ends.reduce((sum, end) => sum + end.callCount(), 0),
    async close() {
      // Wait for a start under way, so that what it made is closed too; its failure was logged.
      await callers?.catch(() => null);
      await Promise.all(ends.map((end) => end.close()));
    },
  };
}
