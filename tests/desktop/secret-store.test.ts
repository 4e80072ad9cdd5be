// Secrets of this computer: kept where the operating system has a store for them, and nowhere else. Electron's safeStorage
// is played, for a store; the host's own is the real one, and is none.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { safeStorage as hostStorage } from '../../src-host/electron/safe-storage.ts';
import { createSecretStore, type SafeStorage } from '../../src-main/security/secret-store.ts';
import { temporaryFolder } from '../hub/support.ts';
import { recordingLog } from '../support/recording-log.ts';

/** Hides text by turning it around: enough to see that what is on disk went through it. */
function scriptedStorage(backend: string | null, available = true, key = 'k'): SafeStorage {
  const turned = (text: string) => [...text].reverse().join('');
  return {
    isEncryptionAvailable: () => available,
    ...(backend === null ? {} : { getSelectedStorageBackend: () => backend }),
    encryptString: (text) => Buffer.from(`${key}${turned(text)}`),
    decryptString(encrypted) {
      const text = encrypted.toString();
      if (!text.startsWith(key)) throw new Error('another key');
      return turned(text.slice(key.length));
    },
  };
}

describe('the secret store', () => {
  it.each(['gnome_libsecret', 'kwallet6', null])(
    'keeps secrets with the backend %s, encrypted, for this user only',
    async (backend) => {
      const folder = await temporaryFolder();
      const store = createSecretStore(scriptedStorage(backend), folder, recordingLog());
      expect(store.available()).toBe(true);
      expect(store.read('token of wss://hub.example.org')).toBeNull();
      store.keep('token of wss://hub.example.org', 'the-token');
      store.keep('token of wss://other.example.org', 'another');
      const again = createSecretStore(scriptedStorage(backend), folder, recordingLog());
      expect(again.read('token of wss://hub.example.org')).toBe('the-token');
      for (const name of readdirSync(join(folder, 'secrets'))) {
        const file = join(folder, 'secrets', name);
        expect(readFileSync(file).includes('the-token')).toBe(false);
        expect(statSync(file).mode & 0o077).toBe(0);
      }
      again.forget('token of wss://hub.example.org');
      expect(again.read('token of wss://hub.example.org')).toBeNull();
      expect(again.read('token of wss://other.example.org')).toBe('another');
    },
  );

  it.each([
    ['basic_text', true],
    ['unknown', true],
    ['gnome_libsecret', false],
  ] as const)(
    'stores nothing with the backend %s and encryption %s, and says so',
    async (backend, available) => {
      const folder = await temporaryFolder();
      const store = createSecretStore(scriptedStorage(backend, available), folder, recordingLog());
      expect(store.available()).toBe(false);
      store.keep('token', 'the-token');
      expect(store.read('token')).toBeNull();
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('is none on the Chromium host', async () => {
    const folder = await temporaryFolder();
    expect(createSecretStore(hostStorage, folder, recordingLog()).available()).toBe(false);
  });

  it('reads nothing that was encrypted by another store, and says so in the log', async () => {
    const folder = await temporaryFolder();
    createSecretStore(scriptedStorage('kwallet6'), folder, recordingLog()).keep('token', 'the-token');
    const log = recordingLog();
    const other = createSecretStore(scriptedStorage('kwallet6', true, 'other'), folder, log);
    expect(other.read('token')).toBeNull();
    expect(log.lines).toMatchObject([{ level: 'warn' }]);
  });
});
