// Who asks: decided by main from the sender's webContents, never read from a frame.
export type WireWindow = 'signIn' | 'agent' | 'callBox';

export interface WindowContext {
  readonly window: WireWindow;
}
