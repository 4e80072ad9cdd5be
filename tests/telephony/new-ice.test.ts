// ICE that is begun anew within a call (RFC 8445 9): the addresses of this side are in the offer, and in the answer to
// the other side's, whatever JsSIP makes of it; and both ends wanting it at once is done once.
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MediaRenewal } from '../../src-main/telephony/media-renewal.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/recording-log.ts';
import { sdp } from '../support/scripted-phone-window.ts';
import { answer, type PhoneOnScript, phoneOnScript, type Ringing } from './phone-on-script.ts';

const address = 'candidate:1 1 udp 2122194687 192.0.2.7 45341 typ host';
const newIce = `${sdp('sendrecv')}a=ice-ufrag:theirs-two\r\n`;

describe('in a call in which ICE begins anew', () => {
  let on: PhoneOnScript;
  let talking: Ringing;
  beforeEach(async () => {
    on = await phoneOnScript();
    on.window.iceUser = 'ours-one';
    on.window.gathering = 'hangs';
    const talk = on.talk();
    await described(1);
    on.window.tellCandidate(address);
    talking = await talk;
    on.window.iceUser = 'ours-two';
  });
  afterEach(() => on.end());

  const described = (times: number) =>
    eventually(
      'described',
      () => on.window.asked.filter(({ name }) => name === 'peer.setLocalDescription').length === times,
    );
  const gathering = (iceGatheringState: 'gathering' | 'complete') => {
    on.window.peer.state = { ...on.window.peer.state, iceGatheringState };
  };

  it.each(['gathering', 'complete'] as const)(
    'the answer to the other side’s offer names our addresses, where Chromium has them a moment later and says %s until then',
    async (state) => {
      gathering(state);
      talking.send('INVITE', { body: newIce });
      await described(2);
      on.window.tellCandidate(address);
      expect((await on.server.takeResponse(200, 'INVITE')).body).toContain(address);
      talking.send('ACK');
    },
  );

  it.each(['gathering', 'complete'] as const)(
    'our offer names them too, where Chromium says %s until then',
    async (state) => {
      gathering(state);
      on.phone.networkChanged();
      await described(2);
      on.window.tellCandidate(address);
      const offer = await on.server.takeRequest('INVITE');
      expect(offer.body).toContain(address);
      on.server.reply(offer, 200, 'OK', answer());
      await on.server.takeRequest('ACK');
    },
  );

  it('a computer that has no address yet answers all the same, half a second later', async () => {
    talking.send('INVITE', { body: newIce });
    expect((await on.server.takeResponse(200, 'INVITE')).body).not.toContain('a=candidate');
    talking.send('ACK');
  });
});

describe('new ICE that could not be offered, and is to be offered again', () => {
  const renewal = () => {
    const later: (() => void)[] = [];
    let offers = 0;
    const dialog = {
      _dialog: { uac_pending_reply: false, uas_pending_reply: false },
      isEnded: () => false,
      _sendReinvite(options: { eventHandlers: { failed(response: { status_code: number }): void } }) {
        offers += 1;
        options.eventHandlers.failed({ status_code: 430 });
      },
    };
    const made = new MediaRenewal({
      log: recordingLog(),
      later: (_ms, act) => later.push(act),
      dialog: () => dialog as unknown as RTCSession,
      isConnected: () => true,
      random: () => 0,
      renewWithinMs: 20_000,
      rollBack: () => undefined,
      renewed: () => undefined,
      failed: () => undefined,
    });
    made.restartIce();
    return {
      made,
      passTime: () => {
        for (const act of later.splice(0)) act();
      },
      offers: () => offers,
    };
  };

  it('is not offered any more once the other side has begun ICE anew itself: a path that was just found would be left', () => {
    const { made, passTime, offers } = renewal();
    expect(made.otherSideAway).toBe(true);
    expect(made.takeOffer(true)).toBe(true);
    expect(made.otherSideAway).toBe(false);
    passTime();
    expect(offers()).toBe(1);
    made.restartIce();
    expect(offers()).toBe(2);
  });

  it('is still offered where the other side has merely changed its hold', () => {
    const { made, passTime, offers } = renewal();
    expect(made.takeOffer(false)).toBe(true);
    passTime();
    expect(offers()).toBe(2);
  });
});
