// Reads what the call's quality is judged by out of getStats (pure; W3C webrtc-stats names).
import type { PeerSample } from '#shared/media/media-contract.ts';

interface AnyStats {
  readonly type: string;
  readonly kind?: string;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly packetsSent?: number;
  readonly jitter?: number;
  readonly jitterBufferDelay?: number;
  readonly jitterBufferEmittedCount?: number;
  readonly totalAudioEnergy?: number;
  readonly currentRoundTripTime?: number;
  readonly roundTripTime?: number;
  readonly fractionLost?: number;
}

export function readSample(report: RTCStatsReport, atMs: number): PeerSample {
  const all: AnyStats[] = [];
  report.forEach((stats: AnyStats) => {
    all.push(stats);
  });
  const audio = (type: string) => all.find((stats) => stats.type === type && stats.kind === 'audio');
  const inbound = audio('inbound-rtp');
  const outbound = audio('outbound-rtp');
  const source = audio('media-source');
  const remote = audio('remote-inbound-rtp');
  const pair = all.find(
    (stats) => stats.type === 'candidate-pair' && stats.nominated && stats.state === 'succeeded',
  );
  const emitted = inbound?.jitterBufferEmittedCount ?? 0;
  return {
    atMs,
    packetsReceived: inbound?.packetsReceived ?? 0,
    packetsLost: inbound?.packetsLost ?? 0,
    packetsSent: outbound?.packetsSent ?? 0,
    jitterMs: inMs(inbound?.jitter),
    jitterBufferMs: emitted > 0 ? inMs((inbound?.jitterBufferDelay ?? 0) / emitted) : null,
    roundTripMs: inMs(pair?.currentRoundTripTime ?? remote?.roundTripTime),
    remoteFractionLost: remote?.fractionLost ?? null,
    heardEnergy: inbound?.totalAudioEnergy ?? 0,
    spokenEnergy: source?.totalAudioEnergy ?? null,
  };
}

function inMs(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000;
}
