// Frames as text, for wires that carry text (a WebSocket). Both ends of the hub's wire use it; what a frame may hold
// is decided by frames.ts and the contract, not here.

/** @returns the frame as JSON. */
export function frameToText(frame: unknown): string {
  return JSON.stringify(frame);
}

/** @returns what the text says, untrusted; `undefined` where it is not JSON (no JSON text means undefined). */
export function textToFrame(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
