// Whether something grows: a straight line through the samples of the last half (least squares).
export interface Sample {
  /** Calls made when it was taken. */
  readonly calls: number;
  readonly value: number;
}

/** How much the line through the last half rises over that half, in the samples' own unit; 0 for fewer than three. */
export function growthOverLastHalf(samples: readonly Sample[]): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const first = half[0];
  const last = half.at(-1);
  if (half.length < 3 || !first || !last) return 0;
  const mean = (of: (sample: Sample) => number) =>
    half.reduce((sum, each) => sum + of(each), 0) / half.length;
  const meanCalls = mean(({ calls }) => calls);
  const meanValue = mean(({ value }) => value);
  const spread = mean(({ calls }) => (calls - meanCalls) ** 2);
  const slope = mean(({ calls, value }) => (calls - meanCalls) * (value - meanValue)) / spread;
  return slope * (last.calls - first.calls);
}
