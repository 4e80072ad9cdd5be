// The least that a transport must offer so that a contract can run over it.
// Electron IPC, a WebSocket and the in-memory wire of the tests each give one of these.

export interface WirePort {
  /** Sends one structured-cloneable frame. Frames posted to a closed port are dropped. */
  post(frame: unknown): void;
  /** Called for each frame that arrives, unparsed and untrusted. Returns the way to stop listening. */
  onFrame(listener: (frame: unknown) => void): () => void;
  /** Called once when the other side is gone. Returns the way to stop listening. */
  onClose(listener: () => void): () => void;
}

/** Where a wire reports what it refused or could not understand. Never given payloads: they may be personal. */
export interface WireLog {
  warn(message: string, facts: Record<string, unknown>): void;
  error(message: string, facts: Record<string, unknown>): void;
}
