// Which hub this desktop belongs to: the team server whose address is remembered, or, where there is none, a practice
// hub on this computer, which runs only then. OFFHOOK_HUB_URL overrides both and cannot be changed in the window.
import type { HubAddressView, HubTrouble } from '#shared/desktop/hub-address-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { readHubAddress } from './hub-address.ts';
import type { HubLink } from './hub-link.ts';

export interface PracticeHub {
  stop(): Promise<void>;
}

export interface HubAddressParts {
  readonly hub: Pick<HubLink, 'connectTo' | 'close' | 'onChanged' | 'trouble'>;
  readonly settings: SettingsService;
  /** OFFHOOK_HUB_URL, taken as it is; null leaves it to the settings. */
  readonly override: string | null;
  probe(url: string): Promise<HubTrouble | null>;
  /** Before the first wss: connection. */
  trustSystem(): void;
  startPracticeHub(onListening: (url: string) => void): PracticeHub;
  signedIn(): boolean;
}

export interface HubAddressService {
  view(): HubAddressView;
  onChanged(listener: (view: HubAddressView) => void): void;
  /**
   * Moves this desktop to the hub at `address`, or, with null, to the practice hub of this computer; at once, and for
   * further starts. Nothing changes where it is refused.
   * @throws CommandFailed 'addressInvalid', 'addressNotEncrypted', 'addressFixed', 'signedIn', or a HubTrouble.
   */
  choose(address: string | null): Promise<void>;
  /** Connects to the hub that was chosen before. */
  start(): void;
  /** Ends the practice hub, where it runs. */
  stop(): Promise<void>;
}

export function createHubAddressService(parts: HubAddressParts): HubAddressService {
  const { hub, settings, override } = parts;
  const listeners = new Set<(view: HubAddressView) => void>();
  let practiceHub: PracticeHub | null = null;
  let systemTrusted = false;
  let ending: Promise<void> = Promise.resolve();

  const view = (): HubAddressView => ({
    address: override ?? settings.local().hubUrl,
    setByEnvironment: override !== null,
    trouble: hub.trouble(),
  });
  let told = JSON.stringify(view());
  const tell = () => {
    const now = view();
    if (JSON.stringify(now) === told) return;
    told = JSON.stringify(now);
    for (const listener of [...listeners]) listener(now);
  };
  hub.onChanged(tell);

  const endPracticeHub = () => {
    const running = practiceHub;
    practiceHub = null;
    // One after the other: both would want the same folder.
    if (running) ending = ending.then(() => running.stop());
    return ending;
  };

  const prepare = (url: string) => {
    if (systemTrusted || !url.startsWith('wss:')) return;
    systemTrusted = true;
    parts.trustSystem();
  };

  const use = (url: string | null) => {
    if (url !== null) {
      prepare(url);
      hub.connectTo(url);
      void endPracticeHub();
      return;
    }
    if (practiceHub) return;
    hub.close();
    void ending.then(() => {
      // Chosen otherwise while the former one was ending.
      if (view().address === null) practiceHub ??= parts.startPracticeHub(hub.connectTo);
    });
  };

  return {
    view,
    onChanged: (listener) => void listeners.add(listener),
    async choose(address) {
      if (override !== null) {
        throw new CommandFailed('addressFixed', 'OFFHOOK_HUB_URL sets the address for this start.');
      }
      if (parts.signedIn()) throw new CommandFailed('signedIn', 'Sign out before changing the team server.');
      const url = address === null ? null : urlOf(address);
      if (url !== null) {
        prepare(url);
        const trouble = await parts.probe(url);
        if (trouble) throw new CommandFailed(trouble, `The team server cannot be used: ${trouble}.`);
      }
      settings.changeLocal({ hubUrl: url });
      use(url);
      tell();
    },
    start: () => use(view().address),
    stop: endPracticeHub,
  };
}

function urlOf(address: string): string {
  const read = readHubAddress(address);
  if ('url' in read) return read.url;
  throw new CommandFailed(read.refusal, 'The address of the team server cannot be used.');
}
