// What the page's isolated world and the host say to each other, through the codec. Types only.

export type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | {
      readonly kind: 'invoke';
      readonly id: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'focus'; readonly focused: boolean }
  /** A draggable region is held: how far the pointer went since the last word, in screen pixels. */
  | { readonly kind: 'drag'; readonly x: number; readonly y: number; readonly done: boolean }
  | { readonly kind: 'askMedia'; readonly id: number; readonly audio: boolean; readonly video: boolean };

export type ToPage =
  | { readonly kind: 'message'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'mediaDecided'; readonly id: number; readonly granted: boolean };

/** What a sandboxed preload finds as `process`. */
export interface PreloadEnvironment {
  readonly platform: string;
  readonly argv: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
}
