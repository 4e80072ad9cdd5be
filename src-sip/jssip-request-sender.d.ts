// JsSIP ships no types for its RequestSender; only what request-sender-internals.ts touches is declared.
declare module 'jssip/lib/RequestSender.js' {
  const RequestSender: { readonly prototype: object };
  export default RequestSender;
}
