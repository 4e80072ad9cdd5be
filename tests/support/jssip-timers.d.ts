// JsSIP ships no types for its timers (milliseconds, RFC 3261 17); only what the tests shorten is declared.
declare module 'jssip/lib/Timers.js' {
  const Timers: Record<'TIMER_F' | 'TIMER_H' | 'TIMER_L' | 'TIMER_M', number>;
  export default Timers;
}
