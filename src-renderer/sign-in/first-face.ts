// The sign-in as it is drawn before main was asked for anything: what the build draws into the page (faces.tsx), and what
// the page begins from when React takes the drawn form over (main.tsx). Both must begin from the same values.
import { firstSettings } from '#shared/desktop/first-settings.ts';
import type { TopicOf } from '../client/live-store.ts';
import type { Language } from '../i18n/texts.ts';

/** What stands in the page and is not the same on every computer. Main fills it in (src-main/windows/first-face.ts). */
export interface FirstFace {
  readonly language: Language;
  readonly canRemember: boolean;
  /** Empty where nobody is remembered. */
  readonly username: string;
  /** The words that name the team server. */
  readonly teamServer: string;
}

export interface SignInValues {
  readonly settings: TopicOf<'settings'>;
  readonly session: TopicOf<'session'>;
  readonly network: TopicOf<'network'>;
  readonly hubAddress: TopicOf<'hubAddress'>;
}

export function firstValues(face: FirstFace): SignInValues {
  return {
    settings: firstSettings(face.language, face.username),
    session: {
      state: 'signedOut',
      practice: false,
      sampleAccounts: [],
      due: 'password',
      canRemember: face.canRemember,
      ended: null,
    },
    network: { state: 'off', sinceMs: 0, retryAtMs: null, reason: null },
    hubAddress: { address: face.teamServer, setByEnvironment: false, trouble: null },
  };
}

/** @returns the values of the face that the page was drawn with; null where it came undrawn. */
export function firstFaceIn(root: HTMLElement): FirstFace | null {
  const { language, canRemember, username, teamServer } = root.dataset;
  if (language === undefined || username === undefined || teamServer === undefined) return null;
  return {
    language: language === 'de' ? 'de' : 'en',
    canRemember: canRemember === 'true',
    username,
    teamServer,
  };
}
