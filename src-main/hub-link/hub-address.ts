// Reads a hub's address as people write it. Pure; whether somebody answers there is probe-hub.ts's.

export type ReadAddress =
  | { readonly url: string }
  | { readonly refusal: 'addressInvalid' | 'addressNotEncrypted' };

/**
 * @param written `wss://hub.example.org`, with or without scheme, port, or a path that the hub itself has printed;
 * https: is taken for wss:. Unencrypted only to this computer: passwords go there.
 */
export function readHubAddress(written: string): ReadAddress {
  const text = written.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${usualScheme(text)}://${text}`;
  const address = withScheme.replace(/^http/i, 'ws');
  const url = URL.canParse(address) ? new URL(address) : null;
  const plain = url?.protocol === 'ws:';
  const fits =
    url !== null &&
    (plain || url.protocol === 'wss:') &&
    url.hostname !== '' &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '' &&
    /^\/(hub|sip|setup)?\/?$/.test(url.pathname);
  if (!fits) return { refusal: 'addressInvalid' };
  if (plain && !isThisComputer(url.hostname)) return { refusal: 'addressNotEncrypted' };
  return { url: `${url.protocol}//${url.host}` };
}

function usualScheme(text: string): 'ws' | 'wss' {
  return isThisComputer(text.split(/[:/](?!.*\])/)[0] ?? '') ? 'ws' : 'wss';
}

function isThisComputer(host: string): boolean {
  return /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/i.test(host);
}
