// The audio devices of this computer as people choose among them. Ids are Chromium's, stable for our origin.
import type { DevicesView } from '#shared/desktop/settings-contract.ts';

export async function listDevices(): Promise<Pick<DevicesView, 'microphones' | 'speakers'>> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const named = (kind: MediaDeviceKind) =>
    devices
      .filter((device) => device.kind === kind && !isAlias(device))
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphones: named('audioinput'), speakers: named('audiooutput') };
}

/** Chromium lists the system's choice a second time; ours for it is "none chosen". Unnamed ones are not granted yet. */
function isAlias({ deviceId }: MediaDeviceInfo): boolean {
  return deviceId === '' || deviceId === 'default' || deviceId === 'communications';
}
