// JsSIP ships no types for these modules; only what the fuzz benchmark touches is declared.
declare module 'jssip/lib/Parser.js' {
  const Parser: { parseMessage(message: string, agent: null): object | undefined };
  export default Parser;
}

declare module 'jssip/lib/Timers.js' {
  const Timers: Record<'TIMER_F' | 'TIMER_H' | 'TIMER_L' | 'TIMER_M', number>;
  export default Timers;
}
