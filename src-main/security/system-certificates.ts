// Companies sign the certificates of their own servers themselves, and tell their computers to trust them. Node does not
// ask the computer by itself; from here on it does, for every connection that main makes.
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Log } from '../log.ts';

/** Reading the computer's store takes a moment, on macOS a good part of a second: called before the first wss: only. */
export function trustSystemCertificates(log: Log): void {
  try {
    setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
  } catch (error) {
    log.warn('tls: the certificates of this computer cannot be read', { error });
  }
}
