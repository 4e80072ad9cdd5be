// JsSIP ships no types for these modules; only what the *-internals.ts here and left-over-dialogs.ts touch is declared.
declare module 'jssip/lib/RequestSender.js' {
  interface RequestHandlers {
    onReceiveResponse(response: { readonly status_code: number }): void;
    onRequestTimeout(): void;
    onTransportError(): void;
  }
  const RequestSender: {
    readonly prototype: object;
    new (agent: object, request: object, handlers: RequestHandlers): { send(): void };
  };
  export default RequestSender;
}

declare module 'jssip/lib/Parser.js' {
  const Parser: { parseMessage(message: string, agent: unknown): object | undefined };
  export default Parser;
}
