// A message to the bytes of one frame (RFC 3261 7). Called by the flow alone.
// Last line of defence: no value, wherever it came from, can start a new line.
import type { OutgoingMessage } from './sip-message.ts';

/** @returns head in UTF-8 with a Content-Length that is right, then the body unchanged. */
export function formatMessage(message: OutgoingMessage): Uint8Array {
  const startLine =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const lines = [oneLine(startLine)];
  for (const { name, value } of message.headers) {
    if (name !== 'Content-Length') lines.push(oneLine(`${name}: ${value}`));
  }
  lines.push(`Content-Length: ${message.body.length}`, '', '');
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'utf8'), message.body]);
}

function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]+/g, ' ');
}
