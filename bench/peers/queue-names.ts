// What queue-side.ts and the processes that it forks say to each other.
export interface QueueOrder {
  readonly what: 'graphile-worker' | 'pg-boss';
  readonly url: string;
  /** Jobs at once in one process. */
  readonly atOnce: number;
}

export const queueName = 'orders';
