// What the practice hub's process is started with beside our own environment: by practice-hub-process.ts, and by the
// benchmarks, so that they measure what people have.

/**
 * V8's compilers take their memory in pieces of up to 32 KiB. From this size on glibc asks the system for each piece and
 * gives it back when it is freed, instead of keeping some 25 MiB for the next time (mallopt(3)). Read by glibc alone.
 */
export const practiceHubEnvironment = { MALLOC_MMAP_THRESHOLD_: '32768' } as const;
