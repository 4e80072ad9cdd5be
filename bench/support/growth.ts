// Whether something grows: a straight line through the samples of the last half (least squares).
export interface Sample {
  /** Calls made when it was taken. */
  readonly calls: number;
  readonly value: number;
}

export interface Growth {
  /** How much the line rises over that half, in the samples' own unit. */
  readonly rise: number;
  /** Standard error of the rise: what the samples' scatter about the line leaves open. */
  readonly error: number;
}

/** No rise for fewer than three samples in that half. */
export function growthOverLastHalf(samples: readonly Sample[]): Growth {
  const half = samples.slice(Math.floor(samples.length / 2));
  const first = half[0];
  const last = half.at(-1);
  if (half.length < 3 || !first || !last) return { rise: 0, error: 0 };
  const mean = (of: (sample: Sample) => number) =>
    half.reduce((sum, each) => sum + of(each), 0) / half.length;
  const meanCalls = mean(({ calls }) => calls);
  const meanValue = mean(({ value }) => value);
  const spread = mean(({ calls }) => (calls - meanCalls) ** 2);
  const slope = mean(({ calls, value }) => (calls - meanCalls) * (value - meanValue)) / spread;
  const scatter = mean(({ calls, value }) => (value - meanValue - slope * (calls - meanCalls)) ** 2);
  const span = last.calls - first.calls;
  return { rise: slope * span, error: span * Math.sqrt(scatter / spread / (half.length - 2)) };
}
