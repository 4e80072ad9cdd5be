// From getStats samples, one a second, to what the agent is shown: bars, their cause and an estimated MOS (pure).
// The estimate is ITU-T G.107's E-model, reduced to what WebRTC tells: loss and one-way delay, with Opus's
// robustness as Bpl. It ranks calls and seconds; it is not a measurement of speech.
import type { CallQuality } from '#shared/domain/call-view.ts';
import type { PeerSample } from '#shared/media/media-contract.ts';

export interface CallQualityMeter {
  /** @param so what the agent does now: silence that is wanted is no fault */
  add(sample: PeerSample, so: { readonly muted: boolean; readonly held: boolean }): CallQuality;
}

/** Nothing arriving for this many seconds is told: one gap of a second is not. */
const nothingHeardAfterMs = 2_500;
/** A microphone that gives digital silence for this long; people who listen still make some noise. */
const microphoneSilentAfterMs = 5_000;
/** Loss is judged over this many samples, so that a single lost packet does not shake the bars. */
const windowSamples = 5;

/** G.107: default R without impairments. */
const baseR = 93.2;
/** G.113 Appendix I style packet-loss robustness of Opus with in-band FEC; estimated, not standardised. */
const opusBpl = 20;
/** Capture, packet of 20 ms, and playout on both sides, where statistics say nothing. */
const fixedDelayMs = 40;

export function createCallQualityMeter(): CallQualityMeter {
  let window: PeerSample[] = [];
  let lastHeardAtMs: number | null = null;
  let lastSpokenAtMs: number | null = null;

  return {
    add(sample, { muted, held }) {
      const previous = window.at(-1);
      window = [...window, sample].slice(-windowSamples);
      if (!previous) {
        lastHeardAtMs = sample.atMs;
        lastSpokenAtMs = sample.atMs;
        return { bars: 4, cause: 'fine', mos: null };
      }
      if (held || sample.packetsReceived > previous.packetsReceived) lastHeardAtMs = sample.atMs;
      if (muted || held || sample.spokenEnergy === null || sample.spokenEnergy > (previous.spokenEnergy ?? 0))
        lastSpokenAtMs = sample.atMs;
      const { mos, impairment } = estimate(window);
      if (sample.atMs - (lastHeardAtMs ?? sample.atMs) >= nothingHeardAfterMs)
        return { bars: 0, cause: 'nothingHeard', mos };
      const bars = barsOf(mos);
      if (sample.atMs - (lastSpokenAtMs ?? sample.atMs) >= microphoneSilentAfterMs)
        return { bars: Math.min(bars, 1), cause: 'microphoneSilent', mos };
      return { bars, cause: bars === 4 ? 'fine' : impairment, mos };
    },
  };
}

function estimate(window: readonly PeerSample[]): { mos: number; impairment: 'loss' | 'delay' } {
  const first = window[0] as PeerSample;
  const last = window.at(-1) as PeerSample;
  const received = Math.max(0, last.packetsReceived - first.packetsReceived);
  const lost = Math.max(0, last.packetsLost - first.packetsLost);
  const heardLoss = received + lost === 0 ? 0 : lost / (received + lost);
  // What the other side loses of us spoils the conversation just as much.
  const lossPercent = 100 * Math.max(heardLoss, last.remoteFractionLost ?? 0);
  const delayMs = fixedDelayMs + (last.roundTripMs ?? 0) / 2 + (last.jitterBufferMs ?? 0);
  const delayImpairment = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
  const lossImpairment = (95 * lossPercent) / (lossPercent + opusBpl);
  return {
    mos: mosOf(baseR - delayImpairment - lossImpairment),
    impairment: lossImpairment >= delayImpairment ? 'loss' : 'delay',
  };
}

/** G.107 Annex B, rounded to hundredths. */
function mosOf(r: number): number {
  if (r <= 0) return 1;
  if (r >= 100) return 4.5;
  return Math.max(1, Math.round(100 * (1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r))) / 100);
}

function barsOf(mos: number): number {
  if (mos >= 4) return 4;
  if (mos >= 3.6) return 3;
  if (mos >= 3.1) return 2;
  return 1;
}
