// Secrets that outlive a start, in the operating system's secret store (Electron's safeStorage: Keychain, DPAPI, Secret
// Service or KWallet). Where there is none nothing is kept, and `available` says so: a file that merely hides a secret
// ('basic_text') is no store. Made by compose.ts.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../log.ts';

/** What is needed of Electron's safeStorage. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  /** @throws Error where the store is another one than when it was encrypted. */
  decryptString(encrypted: Buffer): string;
}

export interface SecretStore {
  available(): boolean;
  /** Null where there is none, or where it cannot be read any more. */
  read(name: string): string | null;
  /** Does nothing where no store is available; a disk that refuses is logged. */
  keep(name: string, secret: string): void;
  forget(name: string): void;
}

const unsafeBackends: readonly string[] = ['basic_text', 'unknown'];

/** Whether this computer has a place for secrets that only its user can read. */
export function secretsAreSafe(safeStorage: SafeStorage): boolean {
  return (
    safeStorage.isEncryptionAvailable() &&
    !unsafeBackends.includes(safeStorage.getSelectedStorageBackend?.() ?? 'the system’s own')
  );
}

/** @param folder of this app's data; each secret is a file of its own there, under `secrets`. */
export function createSecretStore(safeStorage: SafeStorage, folder: string, log: Log): SecretStore {
  const fileOf = (name: string) =>
    path.join(folder, 'secrets', Buffer.from(name).toString('base64url').slice(0, 200));
  const available = () => secretsAreSafe(safeStorage);

  return {
    available,
    read(name) {
      if (!available()) return null;
      try {
        return safeStorage.decryptString(readFileSync(fileOf(name)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('secrets: not readable', { error });
        return null;
      }
    },
    keep(name, secret) {
      if (!available()) return;
      const file = fileOf(name);
      try {
        mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
        writeFileSync(`${file}.new`, safeStorage.encryptString(secret), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      } catch (error) {
        log.error('secrets: not kept', { error });
      }
    },
    forget(name) {
      try {
        rmSync(fileOf(name), { force: true });
      } catch (error) {
        log.error('secrets: not removed', { error });
      }
    },
  };
}
