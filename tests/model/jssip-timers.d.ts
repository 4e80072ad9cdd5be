// JsSIP ships no types for its timers (milliseconds, RFC 3261 17); only what the model test shortens is declared.
declare module 'jssip/lib/Timers.js' {
  const Timers: Record<'T1' | 'TIMER_H' | 'TIMER_L' | 'TIMER_M', number>;
  export default Timers;
}
