// Who rings and who hears ringback, by call: the phone window is told only when the first begins and the last ends,
// and again after it was reloaded.
import type { CallId } from '#shared/domain/ids.ts';
import type { SteadyTone } from '#shared/media/media-contract.ts';
import type { WireLog } from '#shared/wire/wire-port.ts';
import type { MediaLink } from './media-link.ts';
import { reasonForLog } from './reason-for-log.ts';

export interface Tones {
  start(tone: 'ringing' | 'ringback', callId: CallId): void;
  stop(tone: 'ringing' | 'ringback', callId: CallId): void;
  /** Both tones of a call that is over. */
  forget(callId: CallId): void;
  /** A few seconds of busy tone, ending by itself. */
  busy(): void;
  /** What the keys sound like to the one who presses them. */
  dtmf(tones: string): void;
}

export function createTones({ link, log }: { link: MediaLink; log: WireLog }): Tones {
  const sounding = { ringing: new Set<CallId>(), ringback: new Set<CallId>() };

  const ask = (name: 'tone.start' | 'tone.stop', tone: SteadyTone) => {
    link.call(name, { tone }).catch(note);
  };
  const note = (error: unknown) =>
    log.warn('media: a tone was not played', {
      reason: reasonForLog(error),
    });

  const stop: Tones['stop'] = (tone, callId) => {
    if (sounding[tone].delete(callId) && sounding[tone].size === 0) ask('tone.stop', tone);
  };

  link.onReady(() => {
    for (const tone of ['ringing', 'ringback'] as const) if (sounding[tone].size > 0) ask('tone.start', tone);
  });

  return {
    start(tone, callId) {
      const first = sounding[tone].size === 0;
      sounding[tone].add(callId);
      if (first) ask('tone.start', tone);
    },
    stop,
    forget(callId) {
      stop('ringing', callId);
      stop('ringback', callId);
    },
    busy: () => ask('tone.start', 'busy'),
    dtmf: (tones) => {
      link.call('tone.dtmf', { tones }).catch(note);
    },
  };
}
