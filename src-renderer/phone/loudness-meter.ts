// Measures one track: its loudness ten times a second, and whether it has given nothing but digital silence for long.
// A room is never digitally silent; a headset whose switch is off, or a muted system input, is.

export interface LoudnessMeter {
  close(): void;
}

const everyMs = 100;
const quietestDbfs = -100;

export function createLoudnessMeter(
  track: MediaStreamTrack,
  told: {
    readonly silentAfterMs: number;
    readonly onLevel: (dbfs: number) => void;
    /** Told when it changes. */
    readonly onSilence: (silent: boolean) => void;
  },
): LoudnessMeter {
  const context = new AudioContext({ latencyHint: 'playback' });
  const analyser = new AnalyserNode(context, { fftSize: 4096 });
  const source = context.createMediaStreamSource(new MediaStream([track]));
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let soundAtMs = performance.now();
  let silent = false;

  const timer = setInterval(() => {
    // Suspended at first where the system has no output yet; nothing is measured then, and nothing is concluded.
    if (context.state !== 'running') {
      soundAtMs = performance.now();
      context.resume().catch(() => undefined);
      return;
    }
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    if (sum > 0 && !track.muted) soundAtMs = performance.now();
    const nowSilent = performance.now() - soundAtMs >= told.silentAfterMs;
    if (nowSilent !== silent) {
      silent = nowSilent;
      told.onSilence(silent);
    }
    told.onLevel(sum === 0 ? quietestDbfs : Math.max(quietestDbfs, 10 * Math.log10(sum / samples.length)));
  }, everyMs);

  return {
    close() {
      clearInterval(timer);
      source.disconnect();
      void context.close();
    },
  };
}
