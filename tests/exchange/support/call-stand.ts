// What tests about calls begin with: an exchange and registered phones, put away afterwards.
import { afterEach, beforeEach } from 'vitest';
import type { ExchangeStand, StandOptions } from './exchange-stand.ts';
import { startExchange } from './exchange-stand.ts';
import { RawPhone } from './raw-phone.ts';

export interface CallStand {
  stand: ExchangeStand;
  /** Opened and registered; the number makes devices of one user differ. */
  phone(user: string, device?: number): Promise<RawPhone>;
  /** Opened only. */
  unregistered(user: string, device?: number): Promise<RawPhone>;
}

export const instanceOf = (user: string, device: number) =>
  `urn:uuid:00000000-0000-4000-8000-${user.replaceAll(/\D/g, '').padStart(8, '0')}000${device}`;

/** To be called once per test file; its contents are new for each test. */
export function prepareCallStand(options: StandOptions = {}): CallStand {
  const phones: RawPhone[] = [];
  const open = async (user: string, device?: number) => {
    const account = { user, password: calls.stand.passwordOf(user) };
    const instance = device === undefined ? {} : { instance: instanceOf(user, device) };
    const phone = await RawPhone.open(calls.stand.url, { ...account, ...instance });
    phones.push(phone);
    return phone;
  };
  const calls: CallStand = {
    stand: undefined as unknown as ExchangeStand,
    async phone(user, device = 1) {
      const phone = await open(user, device);
      await phone.register();
      return phone;
    },
    unregistered: (user, device) => open(user, device),
  };
  beforeEach(async () => {
    calls.stand = await startExchange(options);
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) if (phone.isOpen) await phone.cut();
    await calls.stand.close();
  });
  return calls;
}
