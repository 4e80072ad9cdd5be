// An expected refusal, thrown by a handler and thrown again at the asking side with the same reason.
// Anything else that a handler throws is a bug: it reaches the asker as reason "internal", without its text.

export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  /** Machine-readable, camelCase: windows translate it; `message` is English, for logs. */
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}
