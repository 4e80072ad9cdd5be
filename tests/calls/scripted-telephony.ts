// Telephony as the desk's tests want it: notes what is asked, tells what the test says. Throws where the test wants it.

import type { CallId } from '#shared/domain/ids.ts';
import type { TelephonyFact, TelephonyPort } from '../../src-main/calls/telephony-port.ts';

export interface ScriptedTelephony extends TelephonyPort {
  /** What was asked since the last look, as "answer call-1", in order. */
  asked(): string[];
  tell(fact: TelephonyFact): void;
  /** The next request of that name throws, as a stack in the wrong state does. */
  breakNext(name: string): void;
  /** Told synchronously, while the next request of that name is being made. */
  tellDuring(name: string, fact: TelephonyFact): void;
  /** The other sides of calls that an earlier run left behind have answered its BYE. */
  answerLeftOver(): void;
}

export function scriptedTelephony(): ScriptedTelephony {
  const listeners = new Set<(fact: TelephonyFact) => void>();
  const broken = new Set<string>();
  const during = new Map<string, TelephonyFact>();
  const leftOver: (() => void)[] = [];
  let noted: string[] = [];
  const tell = (fact: TelephonyFact) => {
    for (const listener of [...listeners]) listener(fact);
  };
  const note = (name: string, callId: CallId, ...rest: (string | boolean)[]) => {
    noted.push([name, callId, ...rest].join(' '));
    if (broken.delete(name)) throw new Error(`${name}: invalid state`);
    const fact = during.get(name);
    during.delete(name);
    if (fact) tell(fact);
  };
  return {
    asked() {
      const all = noted;
      noted = [];
      return all;
    },
    tell,
    breakNext: (name) => broken.add(name),
    tellDuring: (name, fact) => during.set(name, fact),
    answerLeftOver() {
      for (const answered of leftOver.splice(0)) answered();
    },
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dial: (callId, target) => note('dial', callId, target),
    answer: (callId) => note('answer', callId),
    decline: (callId) => note('decline', callId),
    reject: (callId) => note('reject', callId),
    hangUp: (callId) => note('hangUp', callId),
    hold: (callId) => note('hold', callId),
    resume: (callId) => note('resume', callId),
    transfer: (callId, target) => note('transfer', callId, target),
    takeBack: (callId) => note('takeBack', callId),
    endLeftOver(dialogs, ended) {
      for (const dialog of dialogs) {
        noted.push(`endLeftOver ${dialog.callId}`);
        leftOver.push(() => ended(dialog));
      }
    },
    setMuted: (callId, muted) => note('setMuted', callId, muted),
    sendDtmf: (callId, tones) => note('sendDtmf', callId, tones),
    startRinging: (callId) => note('startRinging', callId),
    stopRinging: (callId) => note('stopRinging', callId),
    startRingback: (callId) => note('startRingback', callId),
    stopRingback: (callId) => note('stopRingback', callId),
  };
}
