// The constructor options of BrowserWindow that the host heeds. Others are taken and passed over, as Electron does with
// what a platform lacks.

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly x?: number;
  readonly y?: number;
  readonly show?: boolean;
  readonly frame?: boolean;
  readonly alwaysOnTop?: boolean;
  readonly skipTaskbar?: boolean;
  readonly resizable?: boolean;
  readonly title?: string;
  readonly webPreferences?: {
    /** A single CommonJS file. */
    readonly preload?: string;
    readonly additionalArguments?: readonly string[];
    /** False together with `show: false`: the window works in the background and is never shown. */
    readonly backgroundThrottling?: boolean;
  };
}
