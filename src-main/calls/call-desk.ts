// Holds every call that is alive: feeds it what the agent asks for and what the network tells, has the effects carried
// out, and announces the views. Called by call-handlers.ts, compose.ts (hub events, notifications, windows).
// What becomes of a call is call-machine.ts; what is written, drafts.ts and finishing.ts. Over 400 lines: one method, and
// its refusals, for each thing that may be asked of a call.

import type { CallFormView } from '#shared/domain/call-form-view.ts';
import { type CallView, erasedParty, type RemoteParty } from '#shared/domain/call-view.ts';
import type { CallId, OrderId, ProjectId, RecordId, SipCallId } from '#shared/domain/ids.ts';
import { projectId as asProjectId } from '#shared/domain/ids.ts';
import type { Activity } from '#shared/domain/presence.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import { diskTroubleOf, refuseDiskTrouble } from '../database/database-errors.ts';
import { type Call, type CallFact, type CallIntent, isLive, isOffer, type Step } from './call.ts';
import type {
  Agent,
  CallerDirectory,
  Colleagues,
  Microphone,
  OfferReporter,
  PhoneState,
  Projects,
} from './call-desk-ports.ts';
import { type CallFormDesk, formCallFrom, formCallOf } from './call-form-desk.ts';
import type { CallJournal } from './call-journal.ts';
import { step } from './call-machine.ts';
import { viewOf } from './call-view.ts';
import type { PhaseEntered } from './calls-first.ts';
import type { Clock } from './clock.ts';
import { dial, dialledElsewhere } from './dial-machine.ts';
import type { Drafts } from './drafts.ts';
import { EffectRunner } from './effect-runner.ts';
import type { Finishing } from './finishing.ts';
import type { LeftOverCalls } from './left-over-calls.ts';
import { newCall } from './new-call.ts';
import { News } from './news.ts';
import { offer, offerOnAnotherCall } from './offer-machine.ts';
import type { OpenDialogs } from './open-dialogs.ts';
import type { IncomingOffer, TelephonyFact, TelephonyPort } from './telephony-port.ts';

export interface CallDeskParts {
  readonly telephony: TelephonyPort;
  readonly clock: Clock;
  readonly hub: OfferReporter;
  readonly directory: CallerDirectory;
  readonly colleagues: Colleagues;
  readonly projects: Projects;
  readonly microphone: Microphone;
  readonly phone: PhoneState;
  readonly agent: Agent;
  readonly journal: CallJournal;
  readonly drafts: Drafts;
  readonly finishing: Finishing;
  readonly forms: CallFormDesk;
  readonly openDialogs: OpenDialogs;
  readonly leftOver: LeftOverCalls;
  readonly log: WireLog;
  /** A UUID for a call that begins here. */
  readonly newCallId: () => CallId;
}

/** A call in call mode: made in the order's project, with the person that the order is for. */
export interface ForOrder {
  readonly orderId: OrderId;
  readonly projectId: ProjectId;
  readonly party: Pick<RemoteParty, 'name' | 'recordId' | 'recordKind'> | null;
}

export class CallDesk {
  readonly #parts: CallDeskParts;
  readonly #calls = new Map<CallId, Call>();
  readonly #runner: EffectRunner;
  readonly #stops: (() => void)[];
  #activity: Activity = 'free';
  /** A call begins, or comes into another phase; told before anything is done about it. */
  readonly entered: News<PhaseEntered>;
  /** Every call that is alive, oldest first, whenever one of them is other than it was. */
  readonly changed: News<readonly CallView[]>;
  /** A call rings: for the notification and the pop. Not told for one refused because of another call. */
  readonly offered: News<CallView>;
  /** A call is over, wrap-up too, and on its way into the history. */
  readonly closed: News<CallView>;

  constructor(parts: CallDeskParts) {
    this.#parts = parts;
    this.entered = new News('calls.entered', parts.log);
    this.changed = new News('calls.changed', parts.log);
    this.offered = new News('calls.offered', parts.log);
    this.closed = new News('calls.closed', parts.log);
    this.#runner = new EffectRunner({
      ...parts,
      tell: (callId, fact) => this.#tell(callId, fact),
      save: (call) => this.#save(call),
    });
    this.#stops = [
      parts.telephony.onFact((fact) => this.#hear(fact)),
      parts.drafts.changed.on((draft) => {
        if (this.#calls.has(draft.callId)) this.#announce();
      }),
      parts.forms.changed.on(() => {
        if (this.#calls.size > 0) this.#announce();
      }),
    ];
  }

  /** Calls of the agent who is signed in; what is left of another's is nobody else's to see. */
  views(): CallView[] {
    return this.#own().map((call) => this.#viewOf(call));
  }

  /** What the agent is doing, as the hub was last told. */
  activity(): Activity {
    return this.#activity;
  }

  /**
   * Calls out.
   * @throws CommandFailed 'notANumber', 'phoneOff', 'notRegistered', 'onAnotherCall', 'microphoneNotReady'
   */
  dial(text: string, forOrder: ForOrder | null = null): CallId {
    const { directory, phone, microphone, projects, agent, clock } = this.#parts;
    const parsed = directory.parseTarget(text);
    if (!parsed)
      throw new CommandFailed(
        'notANumber',
        'That is no number that can be dialled. Nothing was dialled; check it, or pick someone from the directory.',
      );
    const user = agent.current();
    if (!user || !phone.on())
      throw new CommandFailed(
        'phoneOff',
        'The phone is off. Nothing was dialled; turn it on and dial again.',
      );
    if (!phone.registered())
      throw new CommandFailed(
        'notRegistered',
        'The phone has no connection to the exchange. Nothing was dialled; it connects again by itself.',
      );
    this.#refuseBesideAnother(null, 'onAnotherCall', 'End the call that you are on, then dial.');
    this.#refuseWithoutMicrophone(microphone, 'Nothing was dialled.');
    const callId = this.#parts.newCallId();
    const call = newCall({
      callId,
      userId: user.userId,
      direction: 'outbound',
      remote: { ...parsed.remote, ...forOrder?.party },
      internal: this.#isColleague(parsed.target),
      calledNumber: parsed.target,
      project: (forOrder && projects.find(forOrder.projectId)) ?? projects.default(),
      orderId: forOrder?.orderId ?? null,
      startedAtMs: clock.nowMs(),
    });
    this.#take(dial(call, parsed.target));
    this.#rejectOtherOffers(callId);
    return callId;
  }

  /** @throws CommandFailed 'notNow', 'noSuchCall', 'microphoneNotReady' (it goes on ringing) */
  accept(callId: CallId): void {
    const call = this.#find(callId);
    if (isOffer(call)) {
      this.#refuseBesideAnother(callId, 'notNow', 'End the call that you are on, then accept.');
      this.#refuseWithoutMicrophone(this.#parts.microphone, 'It is still ringing.');
    }
    this.#ask(callId, { type: 'accept' });
    this.#rejectOtherOffers(callId);
  }

  /** @throws CommandFailed 'notNow', 'noSuchCall', as all below */
  ignore(callId: CallId): void {
    this.#ask(callId, { type: 'ignore' });
  }

  decline(callId: CallId): void {
    this.#ask(callId, { type: 'decline' });
  }

  reject(callId: CallId): void {
    this.#ask(callId, { type: 'reject', because: 'agent' });
  }

  hangUp(callId: CallId): void {
    this.#ask(callId, { type: 'hangUp' });
  }

  /** @throws CommandFailed 'exchangeAway' too, as the next two: the other side must be told, and would not be */
  hold(callId: CallId): void {
    this.#refuseWithoutLink(callId);
    this.#ask(callId, { type: 'hold' });
  }

  resume(callId: CallId): void {
    this.#refuseWithoutLink(callId);
    this.#ask(callId, { type: 'resume' });
  }

  /** Blind transfer. What becomes of it is in the call's view. @throws CommandFailed 'notANumber' too */
  transfer(callId: CallId, text: string): void {
    this.#refuseWithoutLink(callId);
    const { directory, colleagues } = this.#parts;
    const parsed = directory.parseTarget(text);
    if (!parsed)
      throw new CommandFailed('notANumber', 'That is no number to transfer to. The call goes on as it is.');
    const { target, remote } = parsed;
    const known = colleagues.at(target);
    const to = known
      ? { to: known.name, kind: known.kind }
      : { to: remote.name ?? remote.display, kind: 'number' as const };
    this.#ask(callId, { type: 'transfer', target, to });
  }

  takeBack(callId: CallId): void {
    this.#refuseWithoutLink(callId);
    this.#ask(callId, { type: 'takeBack' });
  }

  letGo(callId: CallId): void {
    this.#ask(callId, { type: 'letGo' });
  }

  dismissTransfer(callId: CallId): void {
    this.#ask(callId, { type: 'dismissTransfer' });
  }

  setMuted(callId: CallId, muted: boolean): void {
    this.#ask(callId, { type: 'setMuted', muted });
  }

  sendDtmf(callId: CallId, tones: string): void {
    this.#ask(callId, { type: 'sendDtmf', tones });
  }

  extendWrapUp(callId: CallId, byMs: number): void {
    this.#ask(callId, { type: 'extendWrapUp', byMs });
  }

  /**
   * Save: finalises the log, ends the wrap-up, frees the agent. Also for calls that are long over.
   * @returns until when it may be undone
   * @throws CommandFailed 'dispositionRequired', 'dispositionGone', 'noteRequired', 'diskFull', 'diskFailed', 'finished', 'notNow',
   * 'noSuchCall'; nothing has changed then
   */
  finish(callId: CallId): { undoUntilMs: number } {
    const { journal, drafts, finishing, clock } = this.#parts;
    const call = this.#own().find((one) => one.callId === callId);
    if (!call) return finishing.finish(callId);
    const next = step(call, { type: 'finish', atMs: clock.nowMs() });
    if (!next) throw notNow(call, 'finish');
    const { settlement, also } = finishing.saveOf(drafts.ofAlive(callId), {
      call: formCallOf(call),
      dispositionRequired: call.project?.dispositionRequired ?? false,
    });
    try {
      journal.write(next.call, settlement, also);
    } catch (error) {
      refuseDiskTrouble(error, 'The call');
    }
    // Written already, with what the agent chose.
    this.#take({ ...next, effects: next.effects.filter((effect) => effect.type !== 'save') });
    finishing.watchUndo(callId, settlement);
    this.#close(next.call);
    return { undoUntilMs: settlement.undoUntilMs };
  }

  /** The form of a call, alive or over. @throws CommandFailed 'noSuchCall' */
  formOf(callId: CallId): CallFormView {
    const { drafts, forms } = this.#parts;
    const call = this.#own().find((one) => one.callId === callId);
    if (call) return forms.viewOf(formCallOf(call), drafts.ofAlive(callId).form);
    return forms.viewOf(formCallFrom(drafts.papersOf(callId)), drafts.get(callId).form);
  }

  /** @throws CommandFailed 'tooLate', 'notNow', 'noSuchCall', 'diskFull', 'diskFailed' */
  undoFinish(callId: CallId): void {
    this.#parts.finishing.undo(callId);
  }

  /** The hub says that this agent ignored the offer on another device. */
  offerSilenced(sipCallId: SipCallId): void {
    for (const call of [...this.#calls.values()])
      if (call.sipCallId === sipCallId && isOffer(call)) this.#tell(call.callId, { type: 'silenced' });
  }

  /** SUP-2: a supervisor ended this agent's wrap-up; as if its time had run out, so that what is missing is to finish. */
  endWrapUp(): void {
    for (const call of this.#own())
      if (call.phase.name === 'wrapUp') this.#tell(call.callId, { type: 'expired' });
  }

  /**
   * After a sign-in or sign-out: each agent has their own calls and no others. Wrap-ups that the app ended under go on,
   * those of calls that were cut off by it too (CALL-23).
   */
  agentChanged(): void {
    this.#reopenLeftOver();
    this.#announce();
  }

  #reopenLeftOver(): void {
    const { agent, leftOver, finishing, log } = this.#parts;
    const user = agent.current();
    if (!user) return;
    try {
      const { wrapUps, settled } = leftOver.reopen(user.userId);
      for (const step of wrapUps) if (!this.#calls.has(step.call.callId)) this.#take(step);
      for (const callId of settled) finishing.changed.tell(callId);
    } catch (error) {
      if (diskTroubleOf(error) === null) throw error;
      log.error('calls: the wrap-ups of the last run could not be reopened', { error });
    }
  }

  /** Somebody may be known by now who was not when the call began. What a call was saved with stays. */
  identifyAnew(): void {
    for (const call of [...this.#calls.values()]) {
      const { number, name, recordId } = call.remote;
      if (number === null || recordId !== null) continue;
      const remote = this.#parts.directory.identify(number, name);
      if (remote.recordId === null) continue;
      const named = { ...call, remote };
      this.#calls.set(call.callId, named);
      this.#announce();
      this.#parts.journal.saveNamed(named);
    }
  }

  /**
   * Persons were erased, and on disk what their calls told of them: calls that are alive go on without it. What the disk
   * refuses is logged, and gone from memory.
   */
  forgetErased(recordIds: readonly RecordId[]): void {
    const erased = new Set(recordIds);
    const { drafts, journal, log } = this.#parts;
    for (const call of [...this.#calls.values()]) {
      try {
        const { recordId } = call.remote;
        const isTheirs = (recordId !== null && erased.has(recordId)) || journal.isEmptied(call);
        if (isTheirs) {
          const emptied = { ...call, remote: erasedParty, redirectedFrom: null };
          this.#calls.set(call.callId, emptied);
          journal.saveNamed(emptied);
        }
        drafts.forgetErased(call.callId, erased, isTheirs);
      } catch (error) {
        log.error('calls: not all of an erased person is gone from the disk', { error });
      }
    }
    this.#announce();
  }

  /** Stops listening and every timer. Calls that are alive are found again by the next start. */
  close(): void {
    for (const stop of this.#stops) stop();
    this.#runner.close();
    this.#parts.openDialogs.close();
    this.#parts.finishing.close();
    this.#parts.forms.close();
    this.#parts.journal.close();
  }

  #hear(fact: TelephonyFact): void {
    if (fact.type === 'offerReceived') {
      this.#receive(fact.offer);
      return;
    }
    if (fact.type === 'referred') {
      this.#follow(fact.callId, fact.newCallId, fact.target);
      return;
    }
    const { callId, ...news } = fact;
    if (fact.type === 'established' && !this.#calls.has(callId)) {
      // Answered after we had given it up: nobody would ever end it.
      this.#parts.log.warn('calls: a call was established that is over here', { callId });
      this.#parts.telephony.hangUp(callId);
      return;
    }
    this.#tell(callId, news);
    const call = this.#calls.get(callId);
    if (fact.type === 'established' && call && isLive(call))
      this.#parts.openDialogs.began(callId, fact.dialog ?? null);
  }

  #receive(incoming: IncomingOffer): void {
    const { agent, directory, projects, clock, telephony, log } = this.#parts;
    const user = agent.current();
    if (!user) {
      log.warn('calls: an offer while nobody is signed in', { callId: incoming.callId });
      telephony.reject(incoming.callId);
      return;
    }
    const id = asProjectId.safeParse(incoming.projectId);
    const call = newCall({
      callId: incoming.callId,
      sipCallId: incoming.sipCallId,
      userId: user.userId,
      direction: 'inbound',
      remote: directory.identify(incoming.callerNumber, incoming.callerName),
      project: id.success ? projects.find(id.data) : null,
      queueName: incoming.queueName,
      internal: incoming.callerNumber !== null && this.#isColleague(incoming.callerNumber),
      calledNumber: incoming.calledNumber,
      redirectedFrom:
        incoming.redirectedFrom === null ? null : directory.identify(incoming.redirectedFrom, null).display,
      startedAtMs: clock.nowMs(),
    });
    const busy = this.#own().some((other) => !isOffer(other));
    this.#take(busy ? offerOnAnotherCall(call) : offer(call));
  }

  /** Whom this agent talked to gave the call to somebody else: telephony calls them, and ends the call before by then. */
  #follow(callId: CallId, newCallId: CallId, target: string): void {
    const { directory, colleagues, clock, telephony, log } = this.#parts;
    const given = this.#calls.get(callId);
    if (!given) {
      log.warn('calls: a call that is over was given on', { callId });
      telephony.hangUp(newCallId);
      return;
    }
    const remote = directory.identify(target, colleagues.at(target)?.name ?? null);
    const beginning = {
      callId: newCallId,
      userId: given.userId,
      direction: 'outbound',
      remote,
      internal: this.#isColleague(target),
      calledNumber: target,
    } as const;
    const { project } = given;
    this.#take(
      dialledElsewhere({ ...newCall({ ...beginning, project: null, startedAtMs: clock.nowMs() }), project }),
    );
  }

  #ask(callId: CallId, intent: CallIntent): void {
    const call = this.#find(callId);
    const next = step(call, { ...intent, atMs: this.#parts.clock.nowMs() });
    if (!next) throw notNow(call, intent.type);
    this.#take(next);
  }

  #tell(callId: CallId, fact: CallFact): void {
    const call = this.#calls.get(callId);
    const next = call ? step(call, { ...fact, atMs: this.#parts.clock.nowMs() }) : null;
    if (!next) {
      this.#parts.log.warn('calls: a fact came too late', {
        callId,
        fact: fact.type,
        phase: call?.phase.name ?? 'gone',
      });
      return;
    }
    this.#take(next);
  }

  /**
   * The step is made first, then its effects: a fact told while they run meets the call as it is. The disk comes last,
   * after telephony and windows: nobody waits for an fsync to hear a call ring.
   */
  #take({ call, effects }: Step): void {
    const before = this.#calls.get(call.callId)?.phase.name ?? null;
    const after = call.phase.name;
    if (after !== before) this.entered.tell({ callId: call.callId, before, after });
    if (after === 'closed') this.#calls.delete(call.callId);
    else this.#calls.set(call.callId, call);
    this.#runner.run(
      call,
      effects.filter((effect) => effect.type !== 'save'),
    );
    this.#announce();
    if (!isLive(call)) this.#parts.openDialogs.ended(call.callId);
    if (before === null && after === 'offered') this.offered.tell(this.#viewOf(call));
    this.#runner.run(
      call,
      effects.filter((effect) => effect.type === 'save'),
    );
  }

  #save(call: Call): void {
    const { journal, drafts, finishing } = this.#parts;
    if (call.phase.name !== 'closed') {
      // As it is by now; where it was closed meanwhile, that was saved.
      const now = this.#calls.get(call.callId);
      if (now) journal.save(now, null);
      return;
    }
    const { settlement, also } = finishing.settlementWithoutSave(call, drafts.ofAlive(call.callId));
    journal.save(call, settlement, also);
    finishing.watchUndo(call.callId, settlement);
    this.#close(call);
  }

  #close(call: Call): void {
    const view = this.#viewOf(call);
    this.#parts.drafts.letGo(call.callId);
    this.#parts.forms.letGo(call.callId);
    this.closed.tell(view);
  }

  /** Nobody may be left ringing in the ear of an agent who talks. */
  #rejectOtherOffers(callId: CallId): void {
    for (const { callId: otherId } of this.#own()) {
      const other = this.#calls.get(otherId);
      if (other && otherId !== callId && isOffer(other))
        this.#ask(otherId, { type: 'reject', because: 'onAnotherCall' });
    }
  }

  #refuseBesideAnother(callId: CallId | null, reason: string, then: string): void {
    if (this.#anotherIsLive(callId))
      throw new CommandFailed(reason, `You are on another call, which goes on as it is. ${then}`);
  }

  #refuseWithoutMicrophone(microphone: Microphone, soFar: string): void {
    if (!microphone.ready())
      throw new CommandFailed(
        'microphoneNotReady',
        `The other side would not hear you: the microphone is not ready. ${soFar} Allow or plug in the ` +
          'microphone (phone panel, devices), then try again.',
      );
  }

  #own(): Call[] {
    const user = this.#parts.agent.current();
    return [...this.#calls.values()].filter((call) => call.userId === user?.userId);
  }

  #refuseWithoutLink(callId: CallId): void {
    this.#find(callId);
    if (!this.#parts.phone.registered())
      throw new CommandFailed(
        'exchangeAway',
        'The exchange does not answer, so the other side cannot be told. The call goes on as it is; mute works, and ' +
          'so does ending it. Try again when the phone is registered; it connects again by itself.',
      );
  }

  #find(callId: CallId): Call {
    const call = this.#own().find((one) => one.callId === callId);
    if (!call) throw new CommandFailed('noSuchCall', 'That call is over.');
    return call;
  }

  #anotherIsLive(callId: CallId | null): boolean {
    return [...this.#calls.values()].some((other) => other.callId !== callId && isLive(other));
  }

  #viewOf(call: Call): CallView {
    const { drafts, forms } = this.#parts;
    const draft = drafts.ofAlive(call.callId);
    return viewOf(call, draft, forms.viewOf(formCallOf(call), draft.form), {
      anotherIsLive: this.#anotherIsLive(call.callId),
    });
  }

  #isColleague(target: string): boolean {
    return this.#parts.colleagues.at(target)?.kind === 'person';
  }

  #announce(): void {
    this.#reportActivity();
    this.changed.tell(this.views());
  }

  #reportActivity(): void {
    const calls = this.#own();
    const activity: Activity = calls.some(isLive)
      ? 'onCall'
      : calls.some((call) => call.phase.name === 'wrapUp')
        ? 'wrapUp'
        : 'free';
    if (activity === this.#activity) return;
    this.#activity = activity;
    this.#parts.hub.reportActivity(activity);
  }
}

function notNow(call: Call, intent: CallIntent['type']): CommandFailed {
  return new CommandFailed(
    'notNow',
    `That is not possible now (${intent} while ${call.phase.name}). The call goes on as it is.`,
  );
}
