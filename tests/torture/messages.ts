// The torture messages of RFC 4475 and RFC 5118, read from beside the project; none where they are not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

export interface TortureMessage {
  /** Such as `rfc4475/badinv01`. */
  readonly name: string;
  readonly bytes: Buffer;
}

export function tortureMessages(): TortureMessage[] {
  const found = ['rfc4475', 'rfc5118'].flatMap((corpus) => {
    const files = existsSync(`${folder}/${corpus}`) ? readdirSync(`${folder}/${corpus}`).sort() : [];
    return files
      .filter((file) => file.endsWith('.dat'))
      .map((file) => ({
        name: `${corpus}/${file.replace('.dat', '')}`,
        bytes: readFileSync(`${folder}/${corpus}/${file}`),
      }));
  });
  if (found.length === 0)
    console.info('torture: the messages of RFC 4475 and RFC 5118 are not beside the project, skipped');
  return found;
}

/** The same message as a proxy hands it on to a phone: with the phone's own address for Request-URI, where it has one. */
export function addressedTo(uri: string, bytes: Buffer): Buffer {
  return Buffer.from(
    bytes.toString('latin1').replace(/^(\S+) \S+ (SIP\/2\.0\r\n)/, `$1 ${uri} $2`),
    'latin1',
  );
}
