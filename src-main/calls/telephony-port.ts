// What the call desk asks of telephony and what telephony reports back, in the words of RFC 3261 and our call machine.
// Implemented by telephony/sip-phone.ts; scripted in the desk's tests. No JsSIP type crosses this border.
import type { CallQuality, EndCause, TransferFailure } from '#shared/domain/call-view.ts';
import type { CallId, SipCallId } from '#shared/domain/ids.ts';
import type { SipDialog } from './sip-dialog.ts';

/** An INVITE that arrived, taken apart. `callId` was made by telephony for it. */
export interface IncomingOffer {
  readonly callId: CallId;
  readonly sipCallId: SipCallId;
  /** User part of From or P-Asserted-Identity; null where withheld (RFC 3323, anonymous). */
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  /** User part of To: what the caller dialled; null where it says nothing. */
  readonly calledNumber: string | null;
  /** First Diversion or History-Info entry that sent the call on; null where none. */
  readonly redirectedFrom: string | null;
  /** X-Offhook-Project: the id of the project whose number was called. */
  readonly projectId: string | null;
  /** X-Offhook-Queue */
  readonly queueName: string | null;
}

/** Why a call could not be made or go on. */
export type FailureCause = Exclude<EndCause, 'lost'>;

export type TelephonyFact =
  | { readonly type: 'offerReceived'; readonly offer: IncomingOffer }
  | { readonly type: 'ringingRemotely'; readonly callId: CallId; readonly earlyMedia: boolean }
  /** `dialog`: to be kept while the call lasts, so that a next run can end it. Absent where it cannot be told. */
  | { readonly type: 'established'; readonly callId: CallId; readonly dialog?: SipDialog | undefined }
  /** CANCEL without a reason that says more. */
  | { readonly type: 'callerGaveUp'; readonly callId: CallId }
  /** CANCEL with cause=200. */
  | { readonly type: 'answeredElsewhere'; readonly callId: CallId }
  /** CANCEL with cause=603. */
  | { readonly type: 'declinedElsewhere'; readonly callId: CallId }
  /** CANCEL with cause=408: the ring time was over. */
  | { readonly type: 'rangOut'; readonly callId: CallId }
  | { readonly type: 'remoteHungUp'; readonly callId: CallId }
  /** Our BYE or CANCEL was answered. */
  | { readonly type: 'byeConfirmed'; readonly callId: CallId }
  | { readonly type: 'failed'; readonly callId: CallId; readonly cause: FailureCause }
  | { readonly type: 'holdConfirmed'; readonly callId: CallId }
  | { readonly type: 'resumeConfirmed'; readonly callId: CallId }
  | { readonly type: 'changeRefused'; readonly callId: CallId }
  | { readonly type: 'transferRinging'; readonly callId: CallId; readonly queued: boolean }
  | { readonly type: 'transferConfirmed'; readonly callId: CallId }
  | { readonly type: 'transferFailed'; readonly callId: CallId; readonly failure: TransferFailure }
  /** The other side gives this call to somebody else: `newCallId` is on its way to `target`, and facts of it follow. */
  | {
      readonly type: 'referred';
      readonly callId: CallId;
      readonly newCallId: CallId;
      readonly target: string;
    }
  | { readonly type: 'remoteHoldChanged'; readonly callId: CallId; readonly remoteHold: boolean }
  /** What the microphone's track really does. */
  | { readonly type: 'mutedChanged'; readonly callId: CallId; readonly muted: boolean }
  | { readonly type: 'qualitySampled'; readonly callId: CallId; readonly quality: CallQuality };

/** Every method returns at once; what became of it arrives as a fact. */
export interface TelephonyPort {
  onFact(listener: (fact: TelephonyFact) => void): () => void;
  /** @param target a SIP user part or a full sip: URI, already cleaned. */
  dial(callId: CallId, target: string): void;
  answer(callId: CallId): void;
  /** 603: ends the whole fork. */
  decline(callId: CallId): void;
  /** 486: ends this branch only. */
  reject(callId: CallId): void;
  /** CANCEL before the answer, BYE after. */
  hangUp(callId: CallId): void;
  hold(callId: CallId): void;
  resume(callId: CallId): void;
  /** Blind transfer by REFER. */
  transfer(callId: CallId, target: string): void;
  /** Ends what `transfer` began, where the exchange can; told as `transferFailed`. */
  takeBack(callId: CallId): void;
  /**
   * Ends calls that an earlier run of the program left behind: BYE in each as soon as the phone is registered.
   * @param ended called for each when the other side has answered, whatever with, or had the time to
   */
  endLeftOver(dialogs: readonly SipDialog[], ended: (dialog: SipDialog) => void): void;
  setMuted(callId: CallId, muted: boolean): void;
  sendDtmf(callId: CallId, tones: string): void;
  /** Ringing on the ringer device, and ringback to the agent's ear. */
  startRinging(callId: CallId): void;
  stopRinging(callId: CallId): void;
  startRingback(callId: CallId): void;
  stopRingback(callId: CallId): void;
}
