// What the call desk needs from its neighbours; each is given to it by compose.ts and faked in its tests.
// Telephony is in telephony-port.ts, time in clock.ts.
import type { RemoteParty } from '#shared/domain/call-view.ts';
import type { Disposition, Project } from '#shared/domain/disposition.ts';
import type { DispositionId, ProjectId, SipCallId, UserId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/presence.ts';

/** What the hub is told. Returns at once; where the hub is away it is the implementor's to tell it later or drop it. */
export interface OfferReporter {
  ignoreOffer(sipCallId: SipCallId): void;
  reportActivity(activity: Activity): void;
}

/** Who is at the other end, from what is known on this computer. Must answer at once: the phone is ringing. */
export interface CallerDirectory {
  /** @param number null where withheld */
  identify(number: string | null, displayName: string | null): RemoteParty;
  /**
   * Reads what was typed, clicked or linked.
   * @returns what telephony dials and who that is; null where it is no number, extension or SIP address.
   * Emergency numbers are always read.
   */
  parseTarget(text: string): { readonly target: string; readonly remote: RemoteParty } | null;
}

/** Whom a call can be given to, as the directory knows them. */
export interface Colleagues {
  /** @param target as `parseTarget` gave it; null where it is nobody's in the company */
  at(target: string): { readonly name: string; readonly kind: 'person' | 'project' } | null;
}

export interface Projects {
  find(projectId: ProjectId): Project | null;
  /** The project that calls are made for; null where the agent has none. */
  default(): Project | null;
}

export interface Dispositions {
  all(): readonly Disposition[];
  find(dispositionId: DispositionId): Disposition | null;
}

export interface Microphone {
  /** Whether it is open and gives sound. */
  ready(): boolean;
}

export interface PhoneState {
  on(): boolean;
  registered(): boolean;
}

/** Who is signed in here. */
export interface Agent {
  current(): { readonly userId: UserId; readonly displayName: string } | null;
}
