// Listens in the phone window as an ear would: taps what its <audio> elements play and measures energy by frequency.
// Runs inside the page by Playwright; the product knows nothing of it.

export interface Heard {
  /** Frequency of the strongest sound, Hz. */
  readonly peakHz: number;
  /** Energy at the asked frequency, dBFS (about -20 for a clear tone, below -80 for nothing). */
  readonly toneDb: number;
  /** Loudness of everything, dBFS. */
  readonly loudnessDb: number;
}

export interface Listening {
  readonly toneHz: number;
  readonly forMs: number;
}

/** The phone window: a page of Playwright's, or whatever else runs a function in it. */
export interface PhonePage {
  evaluate(run: (listening: Listening) => Promise<Heard>, listening: Listening): Promise<Heard>;
}

/** @param toneHz the frequency asked for; @param forMs how long is listened. */
export function listen(phone: PhonePage, toneHz: number, forMs = 600): Promise<Heard> {
  return phone.evaluate(
    async ({ toneHz, forMs }) => {
      const elements = [...document.querySelectorAll('audio')].filter(
        (audio) => audio.srcObject instanceof MediaStream,
      );
      const context = new AudioContext();
      await context.resume();
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      for (const audio of elements) {
        if (!audio.paused && !audio.muted)
          context.createMediaStreamSource(audio.srcObject as MediaStream).connect(analyser);
      }
      const bins = new Float32Array(analyser.frequencyBinCount);
      const samples = new Float32Array(analyser.fftSize);
      const binHz = context.sampleRate / analyser.fftSize;
      const best = new Float32Array(bins.length).fill(-200);
      let loudest = 0;
      const until = performance.now() + forMs;
      while (performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        analyser.getFloatFrequencyData(bins);
        analyser.getFloatTimeDomainData(samples);
        bins.forEach((db, index) => {
          if (Number.isFinite(db) && db > (best[index] ?? 0)) best[index] = db;
        });
        loudest = Math.max(
          loudest,
          Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length),
        );
      }
      await context.close();
      const peak = best.indexOf(Math.max(...best));
      const near = Math.round(toneHz / binHz);
      return {
        peakHz: Math.round(peak * binHz),
        toneDb: Math.max(...best.slice(Math.max(0, near - 2), near + 3)),
        loudnessDb: loudest > 0 ? 20 * Math.log10(loudest) : -200,
      };
    },
    { toneHz, forMs },
  );
}
