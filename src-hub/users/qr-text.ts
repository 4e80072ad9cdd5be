// What the QR code of a device of another make holds. No form is read by all SIP apps: each maker has one of its own,
// bound to an account with that maker (docs/hub.md). A SIP URI with its password is the one that a standard describes
// (RFC 3261 19.1.1), and the one that a person can still read and copy.

/**
 * The user part is the authorization user, so that one name serves for both where an app asks for one only: the exchange
 * takes it for the extension's.
 * @returns sip:201-ab12:PASSWORD@domain;transport=wss?Route=… : the Route names where SIP is spoken, which is not the
 *   domain's own address.
 */
export function qrText(credential: {
  readonly authorizationUser: string;
  readonly password: string;
  readonly domain: string;
  /** ws: or wss: URL. */
  readonly webSocketUrl: string;
}): string {
  const { authorizationUser, password, domain, webSocketUrl } = credential;
  const { protocol, host } = new URL(webSocketUrl);
  const transport = protocol === 'wss:' ? 'wss' : 'ws';
  const route = encodeURIComponent(`<sip:${host};transport=${transport};lr>`);
  return `sip:${authorizationUser}:${password}@${domain};transport=${transport}?Route=${route}`;
}
