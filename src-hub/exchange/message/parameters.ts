// Parameters after a semicolon, and lists separated by commas, both outside quotes and angle brackets (RFC 3261 25.1).
// Used by the parsers of name-address and Via.

/** Parameter names in lower case; null where a parameter has no value. Quotes are taken off. */
export type Parameters = ReadonlyMap<string, string | null>;

const parameter = /^([^\s=;,"<>]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,"]+))?$/;

/**
 * Splits where `separator` stands outside quoted strings and angle brackets.
 * @returns null where a quote or a bracket is left open.
 */
export function splitOutside(text: string, separator: ',' | ';'): string[] | null {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let bracketed = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '<') bracketed = true;
    else if (character === '>') bracketed = false;
    else if (character === separator && !bracketed) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return quoted || bracketed ? null : parts;
}

/**
 * @param parts what stood between the semicolons
 * @returns null where one of them is no parameter; the first of two with the same name counts.
 */
export function parseParameters(parts: readonly string[]): Parameters | null {
  const parameters = new Map<string, string | null>();
  for (const part of parts) {
    const match = parameter.exec(part);
    if (!match?.[1]) return null;
    const name = match[1].toLowerCase();
    if (!parameters.has(name)) parameters.set(name, match[2] === undefined ? null : unquote(match[2]));
  }
  return parameters;
}

/** Takes quotes and backslashes off a quoted string; anything else stays as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
}
