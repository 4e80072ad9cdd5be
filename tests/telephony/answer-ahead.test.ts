// The answer that is made while a call still rings, so that an agent who says yes is heard at once: nothing is sent
// before that, and nothing depends on it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type PhoneOnScript, phoneOnScript } from './phone-on-script.ts';

let on: PhoneOnScript;
beforeEach(async () => {
  on = await phoneOnScript();
  on.window.served.emit('microphone.changed', { state: 'ready', label: 'Microphone' });
});
afterEach(() => on.end());

const asked = (name: string) => on.window.asked.filter((each) => each.name === name).length;
const preparing = () => eventually('the answer is made', () => asked('peer.createAnswer') === 1);

describe('while a call rings', () => {
  it('the answer is made, but no path is tried; Accept then only gives it out', async () => {
    const ringing = await on.ring();
    await preparing();
    expect(asked('peer.setLocalDescription')).toBe(0);
    on.phone.answer(ringing.callId);
    await on.server.takeResponse(200, 'INVITE');
    expect([asked('peer.create'), asked('peer.setRemoteDescription'), asked('peer.createAnswer')]).toEqual([
      1, 1, 1,
    ]);
    expect(asked('peer.setLocalDescription')).toBe(1);
  });

  it('and is declined, the connection is closed', async () => {
    const ringing = await on.ring();
    await preparing();
    on.phone.decline(ringing.callId);
    await on.server.takeResponse(603, 'INVITE');
    await eventually('it is closed', () => on.window.peer.closed);
  });

  it('a phone window that dies takes nothing with it: the call is answered with another', async () => {
    const ringing = await on.ring();
    await preparing();
    on.window.die();
    on.window.load();
    on.phone.answer(ringing.callId);
    await on.server.takeResponse(200, 'INVITE');
  });

  it('an answer that cannot be made yet is made when it is asked for', async () => {
    on.window.refuse.set('peer.setRemoteDescription', 'webRtc');
    const ringing = await on.ring();
    await eventually('it was tried and dropped', () => asked('peer.close') === 1);
    on.window.refuse.clear();
    on.phone.answer(ringing.callId);
    await on.server.takeResponse(200, 'INVITE');
  });

  it('nobody is asked for a microphone that is not open', async () => {
    on.window.served.emit('microphone.changed', { state: 'unknown', label: null });
    const ringing = await on.ring();
    on.phone.answer(ringing.callId);
    await on.server.takeResponse(200, 'INVITE');
    expect(asked('peer.create')).toBe(1);
  });
});
