// Who the scripted callers are and what they say, as data. Numbers are from ranges that nobody has (Ofcom's and the
// NANP's fictitious ones). Used by scripted-callers.ts; the hub's sample records hold the known ones.
import type { PracticeCallKind } from '#shared/desktop/settings-contract.ts';

/** The sample customers that call: the hub makes records of them, so that a call shows a name. */
export const knownCallers = {
  maya: { number: '+442079460123', name: 'Maya Lindqvist' },
  harbour: { number: '+12015550123', name: 'Harbour & Pine Ltd' },
} as const;

export interface CallerScript {
  /** E.164; null: withheld. */
  readonly callerNumber: string | null;
  /** The number that was called first and diverted the call to us; null where none did. */
  readonly divertedBy: string | null;
  /** Prompts said to a person, one after another with a pause between; then the caller waits. */
  readonly lines: readonly string[];
  /** Prompt left on a voicemail. */
  readonly message: string;
  /** Gives up after so long without an answer; null waits until the other side ends the ringing. */
  readonly givesUpAfterMs: number | null;
}

const patient = { divertedBy: null, givesUpAfterMs: null } as const;

const maya: CallerScript = {
  ...patient,
  callerNumber: knownCallers.maya.number,
  lines: ['maya-1', 'maya-2', 'maya-3'],
  message: 'maya-message',
};

const harbour: CallerScript = {
  ...patient,
  callerNumber: knownCallers.harbour.number,
  lines: ['harbour-1', 'harbour-2'],
  message: 'harbour-message',
};

const stranger: CallerScript = {
  ...patient,
  callerNumber: '+12015550199',
  lines: ['stranger-1', 'stranger-2'],
  message: 'stranger-message',
};

/** The callers of each kind; all of a kind call at the same moment. */
export const callerScripts: Readonly<Record<PracticeCallKind, readonly CallerScript[]>> = {
  knownCustomer: [maya],
  unknownNumber: [stranger],
  withheldNumber: [
    {
      ...patient,
      callerNumber: null,
      lines: ['private-1', 'private-2'],
      message: 'private-message',
    },
  ],
  redirected: [
    {
      ...patient,
      callerNumber: '+442079460188',
      divertedBy: '+442079460100',
      lines: ['redirected-1', 'redirected-2'],
      message: 'redirected-message',
    },
  ],
  hangsUpAfterFiveSeconds: [
    {
      ...patient,
      callerNumber: '+493023125001',
      givesUpAfterMs: 5_000,
      lines: ['hurried-1'],
      message: 'hurried-message',
    },
  ],
  twoAtOnce: [maya, harbour],
};
