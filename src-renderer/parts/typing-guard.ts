// A face may change while someone types: the note gives way to a ringing call, and the next letter of a word
// would decline it. Keys that act on a call are therefore deaf until typing has paused.
const pauseMs = 1200;
let lastTypedAt = Number.NEGATIVE_INFINITY;

/** Told for each key that went into a text field or the keypad. */
export function noteTyping(): void {
  lastTypedAt = performance.now();
}

/** Told when the hands have left the text on purpose: a click, Tab, Escape. The next key is meant. */
export function noteTypingEnded(): void {
  lastTypedAt = Number.NEGATIVE_INFINITY;
}

/** True while the last typed key is so fresh that this one may belong to the same word. Extends itself. */
export function isStillTyping(): boolean {
  const still = performance.now() - lastTypedAt < pauseMs;
  if (still) noteTyping();
  return still;
}
