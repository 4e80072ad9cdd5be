// safeStorage without the system's key store: AES-256-GCM under a key in a file that only its owner may read. It keeps
// secrets out of sight, not from whoever may read the user's files; hence the backend `basic_text`. A test may have it pass
// for a real store (OFFHOOK_HOST_SECRET_STORE), to show what an app does on a computer that has one.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { appPaths } from './app-paths.ts';

const algorithm = 'aes-256-gcm';
const prefix = Buffer.from('host1');
const ivBytes = 12;
const tagBytes = 16;

function key(): Buffer {
  const file = path.join(appPaths.get('userData'), 'safe-storage.key');
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    // Made by whoever comes first; everyone reads what is there then.
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file);
}

export const safeStorage = {
  isEncryptionAvailable: (): boolean => true,
  getSelectedStorageBackend: (): 'basic_text' | 'gnome_libsecret' =>
    process.env.OFFHOOK_HOST_SECRET_STORE ? 'gnome_libsecret' : 'basic_text',
  setUsePlainTextEncryption(): void {
    // There is no other kind here.
  },

  encryptString(text: string): Buffer {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, key(), iv, { authTagLength: tagBytes });
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([prefix, iv, cipher.getAuthTag(), body]);
  },

  /** @throws Error when the bytes are not ours, were changed, or the key is another. */
  decryptString(encrypted: Buffer): string {
    const fail = () =>
      new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    if (!encrypted.subarray(0, prefix.length).equals(prefix)) throw fail();
    const rest = encrypted.subarray(prefix.length);
    if (rest.length < ivBytes + tagBytes) throw fail();
    const decipher = createDecipheriv(algorithm, key(), rest.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAuthTag(rest.subarray(ivBytes, ivBytes + tagBytes));
    try {
      return decipher.update(rest.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw fail();
    }
  },
};
