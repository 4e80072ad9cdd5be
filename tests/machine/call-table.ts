// The reviewed table of the call machine: what each event does in each phase. An event that is not listed under a
// phase does nothing there: an intent is refused, a fact is too late. Read it beside design.md, "The call machine".
//   event → next phase [outcome[/missed reason]] : effects
// What stands in round brackets belongs to the phase: transferring(referred, talking parked) has asked the far end, and
// goes back to talking, for which it has parked the caller; hangingUp(cancelled) will be logged as cancelled. In square
// brackets: how the transfer is.
import type { StartName } from './sample-calls.ts';

const beside = `
  setMuted → same : sip.setMuted
  mutedChanged → same :
  remoteHoldChanged → same :
  qualitySampled → same :`;

const besideFacts = `
  mutedChanged → same :
  remoteHoldChanged → same :
  qualitySampled → same :`;

const endOfCall = `
  remoteHungUp → wrapUp accepted : timer.set 30000 expired, save
  failed: network → wrapUp accepted : timer.set 30000 expired, save
  failed: microphone → wrapUp accepted : timer.set 30000 expired, save
  failed: busy → wrapUp accepted : timer.set 30000 expired, save
  failed: noAnswer → wrapUp accepted : timer.set 30000 expired, save
  answeredElsewhere → closed answeredElsewhere : timer.clear, save`;

const endOfTalk = `
  hangUp → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
  transferConfirmed → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
  ${endOfCall}`;

export const table: Record<StartName, string> = {
  offered: `
    accept → answering : ringing.stop, sip.answer, timer.set 15000 timedOut
    ignore → ignored : ringing.stop, hub.ignoreOffer, save
    silenced → ignored : ringing.stop, save
    decline → closed declined : ringing.stop, sip.decline, timer.clear, save
    reject by agent → closed rejected : ringing.stop, sip.reject, timer.clear, save
    reject on another call → closed missed/onAnotherCall : ringing.stop, sip.reject, timer.clear, save
    callerGaveUp → closed abandoned : ringing.stop, timer.clear, save
    answeredElsewhere → closed answeredElsewhere : ringing.stop, timer.clear, save
    declinedElsewhere → closed declinedElsewhere : ringing.stop, timer.clear, save
    rangOut → closed missed/rangOut : ringing.stop, timer.clear, save
    timedOut → closed missed/rangOut : ringing.stop, sip.reject, timer.clear, save
    failed: network → closed missed/network : ringing.stop, timer.clear, save
    failed: microphone → closed missed/microphone : ringing.stop, timer.clear, save
    failed: busy → closed missed/onAnotherCall : ringing.stop, timer.clear, save
    failed: noAnswer → closed missed/rangOut : ringing.stop, timer.clear, save`,
  ignored: `
    accept → answering : sip.answer, timer.set 15000 timedOut
    decline → closed declined : sip.decline, timer.clear, save
    reject by agent → closed rejected : sip.reject, timer.clear, save
    reject on another call → closed missed/onAnotherCall : sip.reject, timer.clear, save
    callerGaveUp → closed abandoned/ignored : timer.clear, save
    answeredElsewhere → closed answeredElsewhere : timer.clear, save
    declinedElsewhere → closed declinedElsewhere : timer.clear, save
    rangOut → closed missed/ignored : timer.clear, save
    timedOut → closed missed/ignored : sip.reject, timer.clear, save
    failed: network → closed missed/network : timer.clear, save
    failed: microphone → closed missed/microphone : timer.clear, save
    failed: busy → closed missed/onAnotherCall : timer.clear, save
    failed: noAnswer → closed missed/rangOut : timer.clear, save`,
  answering: `
    established → talking : timer.clear, save
    callerGaveUp → closed abandoned : timer.clear, save
    remoteHungUp → closed abandoned : timer.clear, save
    answeredElsewhere → closed answeredElsewhere : timer.clear, save
    declinedElsewhere → closed declinedElsewhere : timer.clear, save
    rangOut → closed missed/rangOut : timer.clear, save
    failed: network → closed missed/network : timer.clear, save
    failed: microphone → closed missed/microphone : timer.clear, save
    failed: busy → closed missed/onAnotherCall : timer.clear, save
    failed: noAnswer → closed missed/rangOut : timer.clear, save
    hangUp → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
    timedOut → hangingUp(missed/network) : sip.hangUp, timer.set 5000 timedOut
    ${besideFacts}`,
  dialing: `
    ringingRemotely, silent → remoteRinging(ringback) : ringback.start
    ringingRemotely, early media → remoteRinging(early media) :
    established → talking : timer.clear, save
    failed: network → closed failed : timer.clear, save
    failed: microphone → closed failed : timer.clear, save
    failed: busy → closed busy : timer.clear, save
    failed: noAnswer → closed noAnswer : timer.clear, save
    remoteHungUp → closed failed : timer.clear, save
    hangUp → hangingUp(cancelled) : sip.hangUp, timer.set 5000 timedOut
    timedOut → hangingUp(noAnswer) : sip.hangUp, timer.set 5000 timedOut
    ${besideFacts}`,
  'remoteRinging, ringback': `
    ringingRemotely, silent → same :
    ringingRemotely, early media → remoteRinging(early media) : ringback.stop
    established → talking : ringback.stop, timer.clear, save
    failed: network → closed failed : ringback.stop, timer.clear, save
    failed: microphone → closed failed : ringback.stop, timer.clear, save
    failed: busy → closed busy : ringback.stop, timer.clear, save
    failed: noAnswer → closed noAnswer : ringback.stop, timer.clear, save
    remoteHungUp → closed failed : ringback.stop, timer.clear, save
    hangUp → hangingUp(cancelled) : ringback.stop, sip.hangUp, timer.set 5000 timedOut
    timedOut → hangingUp(noAnswer) : ringback.stop, sip.hangUp, timer.set 5000 timedOut
    ${besideFacts}`,
  'remoteRinging, early media': `
    ringingRemotely, silent → remoteRinging(ringback) : ringback.start
    ringingRemotely, early media → same :
    established → talking : timer.clear, save
    failed: network → closed failed : timer.clear, save
    failed: microphone → closed failed : timer.clear, save
    failed: busy → closed busy : timer.clear, save
    failed: noAnswer → closed noAnswer : timer.clear, save
    remoteHungUp → closed failed : timer.clear, save
    hangUp → hangingUp(cancelled) : sip.hangUp, timer.set 5000 timedOut
    timedOut → hangingUp(noAnswer) : sip.hangUp, timer.set 5000 timedOut
    ${besideFacts}`,
  talking: `
    hold → holding : sip.hold, timer.set 35000 timedOut
    sendDtmf → same : sip.sendDtmf
    transfer → transferring(parking, talking parked) [asked] : sip.hold, timer.set 35000 timedOut
    ${beside}
    ${endOfTalk}`,
  'talking, outbound': `
    hold → holding : sip.hold, timer.set 35000 timedOut
    sendDtmf → same : sip.sendDtmf
    transfer → transferring(parking, talking parked) [asked] : sip.hold, timer.set 35000 timedOut
    ${beside}
    hangUp → hangingUp(connected) : sip.hangUp, timer.set 5000 timedOut
    transferConfirmed → hangingUp(connected) : sip.hangUp, timer.set 5000 timedOut
    remoteHungUp → wrapUp connected : timer.set 30000 expired, save
    failed: network → wrapUp connected : timer.set 30000 expired, save
    failed: microphone → wrapUp connected : timer.set 30000 expired, save
    failed: busy → wrapUp connected : timer.set 30000 expired, save
    failed: noAnswer → wrapUp connected : timer.set 30000 expired, save
    answeredElsewhere → closed answeredElsewhere : timer.clear, save`,
  'talking, no wrap-up': `
    hold → holding : sip.hold, timer.set 35000 timedOut
    sendDtmf → same : sip.sendDtmf
    transfer → transferring(parking, talking parked) [asked] : sip.hold, timer.set 35000 timedOut
    ${beside}
    hangUp → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
    transferConfirmed → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
    remoteHungUp → closed accepted : timer.clear, save
    failed: network → closed accepted : timer.clear, save
    failed: microphone → closed accepted : timer.clear, save
    failed: busy → closed accepted : timer.clear, save
    failed: noAnswer → closed accepted : timer.clear, save
    answeredElsewhere → closed answeredElsewhere : timer.clear, save`,
  holding: `
    holdConfirmed → held : timer.clear
    changeRefused → talking : timer.clear
    timedOut → talking : timer.clear
    transfer → transferring(parking, held) [asked] :
    ${beside}
    ${endOfTalk}`,
  held: `
    resume → resuming : sip.resume, timer.set 35000 timedOut
    transfer → transferring(referred, held) [asked] : sip.transfer, timer.set 120000 timedOut
    ${beside}
    ${endOfTalk}`,
  resuming: `
    resumeConfirmed → talking : timer.clear
    changeRefused → held : timer.clear
    timedOut → held : timer.clear
    ${beside}
    ${endOfTalk}`,
  'talking, after a transfer that failed': `
    hangUp → hangingUp(accepted) [failed busy] : sip.hangUp, timer.set 5000 timedOut
    hold → holding [failed busy] : sip.hold, timer.set 35000 timedOut
    transfer → transferring(parking, talking parked) [asked] : sip.hold, timer.set 35000 timedOut
    dismissTransfer → talking :
    sendDtmf → same : sip.sendDtmf
    transferConfirmed → hangingUp(accepted) [failed busy] : sip.hangUp, timer.set 5000 timedOut
    ${beside}
    ${endOfCall}`,
  'transferring, parking': `
    hangUp → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
    takeBack → resuming : sip.resume, timer.set 35000 timedOut
    holdConfirmed → transferring(referred, talking parked) [asked] : sip.transfer, timer.set 120000 timedOut
    changeRefused → transferring(referred, talking) [asked] : sip.transfer, timer.set 120000 timedOut
    timedOut → transferring(referred, talking) [asked] : sip.transfer, timer.set 120000 timedOut
    ${beside}
    ${endOfCall}`,
  'transferring, parking from holding': `
    hangUp → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
    takeBack → holding :
    holdConfirmed → transferring(referred, held) [asked] : sip.transfer, timer.set 120000 timedOut
    changeRefused → transferring(referred, talking) [asked] : sip.transfer, timer.set 120000 timedOut
    timedOut → transferring(referred, talking) [asked] : sip.transfer, timer.set 120000 timedOut
    ${beside}
    ${endOfCall}`,
  'transferring, referred': `
    hangUp → hangingUp(accepted) : sip.takeBack, sip.hangUp, timer.set 5000 timedOut
    takeBack → transferring(takingBack, talking parked) [takingBack] : sip.takeBack, timer.set 1500 timedOut
    transferConfirmed → hangingUp(accepted) [done] : sip.hangUp, timer.set 5000 timedOut
    transferRinging, at a person → transferring(referred, talking parked) [ringing] :
    transferRinging, in line → transferring(referred, talking parked) [queued] :
    transferFailed → resuming [failed busy] : sip.resume, timer.set 35000 timedOut
    timedOut → transferring(takingBack, talking parked) [takingBack noAnswer] : sip.takeBack, timer.set 1500 timedOut
    ${beside}
    ${endOfCall}`,
  'transferring, referred from held': `
    hangUp → hangingUp(accepted) : sip.takeBack, sip.hangUp, timer.set 5000 timedOut
    takeBack → transferring(takingBack, held) [takingBack] : sip.takeBack, timer.set 1500 timedOut
    transferConfirmed → hangingUp(accepted) [done] : sip.hangUp, timer.set 5000 timedOut
    transferRinging, at a person → same :
    transferRinging, in line → transferring(referred, held) [queued] :
    transferFailed → held [failed busy] : timer.clear
    timedOut → transferring(takingBack, held) [takingBack noAnswer] : sip.takeBack, timer.set 1500 timedOut
    ${beside}
    ${endOfCall}`,
  'transferring, in line at a project': `
    hangUp → hangingUp(accepted) : sip.takeBack, sip.hangUp, timer.set 5000 timedOut
    takeBack → transferring(takingBack, talking parked) [takingBack] : sip.takeBack, timer.set 1500 timedOut
    letGo → hangingUp(accepted) [done] : sip.hangUp, timer.set 5000 timedOut
    transferConfirmed → hangingUp(accepted) [done] : sip.hangUp, timer.set 5000 timedOut
    transferRinging, at a person → transferring(referred, talking parked) [ringing] :
    transferRinging, in line → same :
    transferFailed → resuming [failed busy] : sip.resume, timer.set 35000 timedOut
    timedOut → hangingUp(accepted) [done] : sip.hangUp, timer.set 5000 timedOut
    ${beside}
    ${endOfCall}`,
  'transferring, taking back': `
    hangUp → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
    transferConfirmed → hangingUp(accepted) [done] : sip.hangUp, timer.set 5000 timedOut
    transferFailed → resuming : sip.resume, timer.set 35000 timedOut
    timedOut → resuming : sip.resume, timer.set 35000 timedOut
    ${beside}
    ${endOfCall}`,
  'transferring, taking back what nobody answered': `
    hangUp → hangingUp(accepted) : sip.hangUp, timer.set 5000 timedOut
    transferConfirmed → hangingUp(accepted) [done] : sip.hangUp, timer.set 5000 timedOut
    transferFailed → resuming [failed noAnswer] : sip.resume, timer.set 35000 timedOut
    timedOut → resuming [failed noAnswer] : sip.resume, timer.set 35000 timedOut
    ${beside}
    ${endOfCall}`,
  'hangingUp, answered': `
    byeConfirmed → wrapUp accepted : timer.set 30000 expired, save
    remoteHungUp → wrapUp accepted : timer.set 30000 expired, save
    timedOut → wrapUp accepted : timer.set 30000 expired, save
    callerGaveUp → wrapUp accepted : timer.set 30000 expired, save
    rangOut → wrapUp accepted : timer.set 30000 expired, save
    failed: network → wrapUp accepted : timer.set 30000 expired, save
    failed: microphone → wrapUp accepted : timer.set 30000 expired, save
    failed: busy → wrapUp accepted : timer.set 30000 expired, save
    failed: noAnswer → wrapUp accepted : timer.set 30000 expired, save
    answeredElsewhere → closed answeredElsewhere : timer.clear, save
    declinedElsewhere → closed declinedElsewhere : timer.clear, save
    established → same : sip.hangUp
    ${besideFacts}`,
  'hangingUp, dialled': `
    byeConfirmed → closed cancelled : timer.clear, save
    remoteHungUp → closed cancelled : timer.clear, save
    timedOut → closed cancelled : timer.clear, save
    callerGaveUp → closed abandoned : timer.clear, save
    rangOut → closed cancelled : timer.clear, save
    failed: network → closed cancelled : timer.clear, save
    failed: microphone → closed cancelled : timer.clear, save
    failed: busy → closed cancelled : timer.clear, save
    failed: noAnswer → closed cancelled : timer.clear, save
    answeredElsewhere → closed answeredElsewhere : timer.clear, save
    declinedElsewhere → closed declinedElsewhere : timer.clear, save
    established → same : sip.hangUp
    ${besideFacts}`,
  'hangingUp, answering': `
    byeConfirmed → closed accepted : timer.clear, save
    remoteHungUp → closed accepted : timer.clear, save
    timedOut → closed accepted : timer.clear, save
    callerGaveUp → closed abandoned : timer.clear, save
    rangOut → closed accepted : timer.clear, save
    failed: network → closed accepted : timer.clear, save
    failed: microphone → closed accepted : timer.clear, save
    failed: busy → closed accepted : timer.clear, save
    failed: noAnswer → closed accepted : timer.clear, save
    answeredElsewhere → closed answeredElsewhere : timer.clear, save
    declinedElsewhere → closed declinedElsewhere : timer.clear, save
    established → same : sip.hangUp
    ${besideFacts}`,
  wrapUp: `
    finish → closed accepted : timer.clear, save
    expired → closed accepted : timer.clear, save
    extendWrapUp → wrapUp accepted : timer.set 89000 expired`,
  closed: ``,
};
