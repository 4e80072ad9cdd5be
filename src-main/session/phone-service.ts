// The phone as the agent sees it: switched on or off, registered or why not. Owns the switch; SIP is telephony's.
import type { LinkView, PhoneView } from '#shared/desktop/session-contract.ts';
import type { SipAccount } from '#shared/hub/hub-contract.ts';
import type { SettingsService } from '../settings/settings-service.ts';

/** What of telephony is needed here; telephony/sip-phone.ts fits. */
export interface RegisteringPhone {
  start(account: SipAccount, options: { instanceId: string }): void;
  /** The same extension with another password; calls go on. */
  renew(account: SipAccount): void;
  stop(): Promise<void>;
  registration(): LinkView;
  onRegistrationChanged(listener: (view: LinkView) => void): () => void;
}

export interface PhoneService {
  view(): PhoneView;
  onChanged(listener: (view: PhoneView) => void): void;
  signedIn(account: SipAccount): void;
  /** The hub has rotated this device's credential: nobody notices. */
  renewed(account: SipAccount): void;
  signedOut(): Promise<void>;
  turn(on: boolean): Promise<void>;
}

export function createPhoneService(phone: RegisteringPhone, settings: SettingsService): PhoneService {
  let account: SipAccount | null = null;
  const listeners = new Set<(view: PhoneView) => void>();

  const view = (): PhoneView => ({
    on: settings.local().phoneOn,
    extension: account ? (/^sips?:([^@]+)@/.exec(account.uri)?.[1] ?? null) : null,
    registration: phone.registration(),
  });
  const tell = () => {
    for (const listener of [...listeners]) listener(view());
  };
  const start = () => {
    if (account && settings.local().phoneOn) phone.start(account, { instanceId: settings.local().deviceId });
  };
  phone.onRegistrationChanged(tell);

  return {
    view,
    onChanged: (listener) => void listeners.add(listener),
    signedIn(next) {
      account = next;
      start();
      tell();
    },
    renewed(next) {
      account = next;
      if (settings.local().phoneOn) phone.renew(next);
    },
    async signedOut() {
      account = null;
      await phone.stop();
      tell();
    },
    async turn(on) {
      if (on === settings.local().phoneOn) return;
      settings.changeLocal({ phoneOn: on });
      if (on) start();
      else await phone.stop();
      tell();
    },
  };
}
