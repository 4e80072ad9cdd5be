// The switches that Chromium gets: the host's own, then those of the app's command line, which win.
// Called by host-browser.ts. Pure, so that a test can read the result.

export interface BrowserFlagChoices {
  readonly profileFolder: string;
  readonly headless: boolean;
  /** Chromium's sandbox refuses to run for the superuser. */
  readonly superuser: boolean;
  /** `name` to value ('' where it has none), as on the app's command line. */
  readonly appSwitches: ReadonlyMap<string, string>;
  readonly appArguments: readonly string[];
}

/** Switches that the host answers itself and Chromium must not see, or must see with the host's value. */
const keptFromChromium = new Set([
  'user-data-dir',
  'headless',
  'disable-features',
  'enable-features',
  'remote-debugging-pipe',
]);

/**
 * Windows that nobody looks at must still ring, count seconds and play audio. And what a browser keeps ready for its
 * address bar, two pages a window, is for nobody here: it took a third of the processor time of a start.
 */
const hostDisabledFeatures = [
  'CalculateNativeWinOcclusion',
  'IntensiveWakeUpThrottling',
  'LocalNetworkAccessChecks',
  'MediaRouter',
  'OptimizationHints',
  'PreloadTopChromeWebUI',
  'Translate',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxPopup',
];

/** Room for the agent window with the call box beside it. */
const headlessScreen = '1600x1000';

const hostFlags = [
  'no-first-run',
  'no-default-browser-check',
  'test-type',
  'password-store=basic',
  'use-mock-keychain',
  'autoplay-policy=no-user-gesture-required',
  'disable-background-timer-throttling',
  'disable-renderer-backgrounding',
  'disable-backgrounding-occluded-windows',
  'disable-background-media-suspend',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
  'disable-extensions',
  'disable-default-apps',
  'disable-breakpad',
  // Requests are answered over the pipe before they reach the network. What does reach it (web sockets,
  // Chromium's own traffic) meets a proxy that nobody serves. WebRTC's UDP does not go through a proxy.
  'proxy-server=http://127.0.0.1:1',
  'proxy-bypass-list=<-loopback>',
];

export function browserFlags(choices: BrowserFlagChoices): string[] {
  const { appSwitches } = choices;
  const features = (name: string, own: readonly string[]) =>
    [...own, ...(appSwitches.get(name) ?? '').split(',')].filter((feature) => feature !== '').join(',');
  const enabled = features('enable-features', []);
  const flags = [
    `user-data-dir=${choices.profileFolder}`,
    ...hostFlags,
    // Hidden targets have nobody who could be asked for the microphone. Main's own decision is enforced in the page.
    ...(choices.headless
      ? ['headless=new', `screen-info={${headlessScreen}}`]
      : ['use-fake-ui-for-media-stream']),
    ...(choices.superuser ? ['no-sandbox'] : []),
    `disable-features=${features('disable-features', hostDisabledFeatures)}`,
    ...(enabled ? [`enable-features=${enabled}`] : []),
    ...[...appSwitches]
      .filter(([name]) => !keptFromChromium.has(name))
      .map(([name, value]) => (value === '' ? name : `${name}=${value}`)),
  ];
  return [...flags.map((flag) => `--${flag}`), ...choices.appArguments];
}
