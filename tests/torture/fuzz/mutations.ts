// Valid SIP messages made invalid, and sometimes other valid ones, by chance that can be repeated: the same seed gives the
// same mutations. Used by the fuzz benchmark and by its share in the tests.

export interface Chance {
  /** 0 up to, not including, `below`. */
  number(below: number): number;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32: 32 bits of state are enough for a million messages, and it is the same everywhere. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const number = (below: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
  return { number, pick: (from) => from[number(from.length)] as (typeof from)[number] };
}

type Mutator = (text: string, chance: Chance) => string;

/** Each byte one character, so that a flipped bit stays one byte. */
const encoding = 'latin1';
const bytesOf = (text: string) => Buffer.from(text).toString(encoding);

const hugeNumbers = [
  '0',
  '-1',
  '4294967296',
  '2147483648',
  '99999999999999999999',
  '1e9',
  '0x10',
  'NaN',
  '٣',
].map(bytesOf);
const strangeText = ['ü', '𝄞', '\u202e', '\ufeff', '\u2028', 'ａ', '\ud800', '%00', '%zz', '\u0000'].map(
  bytesOf,
);
const nestings = ['"', '\\"', '""', '"\\', '<', '>', '<<', '>>', '"<">', ';"', ',"', '"<sip:a@b>"'];
const lineEnds = ['\n', '\r', '\r\r\n', '\n\r', '\r\n ', '\r\n\t', '\r\n\r\n', '\u0085'];
const repeats = [';', ',', ' ', ';a=b', ';tag=x', ';branch=z9hG4bKx', ';expires=1', '<sip:a@b>,', '%41', '"'];

const mutators: readonly Mutator[] = [
  function flipBit(text, { number }) {
    const at = number(text.length);
    return splice(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << number(8))));
  },
  function truncate(text, { number }) {
    return text.slice(0, number(text.length));
  },
  function removePiece(text, { number }) {
    return splice(text, number(text.length), number(20), '');
  },
  function duplicateHeader(text, chance) {
    return onLines(text, (lines) => lines.splice(chance.number(lines.length), 0, chance.pick(lines)));
  },
  function removeHeader(text, { number }) {
    return onLines(text, (lines) => lines.splice(number(lines.length), 1));
  },
  function reorderHeaders(text, { number }) {
    return onLines(text, (lines) =>
      lines.splice(number(lines.length), 0, ...lines.splice(number(lines.length), 2)),
    );
  },
  function swapValues(text, { number }) {
    return onLines(text, (lines) => {
      const [one, other] = [number(lines.length), number(lines.length)];
      const [first, second] = [lines[one] ?? '', lines[other] ?? ''];
      const value = (line: string) => line.slice(line.indexOf(':') + 1);
      const name = (line: string) => line.slice(0, line.indexOf(':') + 1);
      lines[one] = name(first) + value(second);
      lines[other] = name(second) + value(first);
    });
  },
  function hugeNumber(text, chance) {
    const numbers = [...text.matchAll(/\d+/g)];
    const found = numbers[chance.number(numbers.length)];
    return found ? splice(text, found.index, found[0].length, chance.pick(hugeNumbers)) : text;
  },
  function unicode(text, chance) {
    return splice(text, chance.number(text.length), chance.number(2), chance.pick(strangeText));
  },
  function nestQuotes(text, chance) {
    return splice(text, chance.number(text.length), 0, chance.pick(nestings));
  },
  function repeatParameter(text, chance) {
    const head = text.indexOf('\r\n\r\n');
    const times = chance.pick([2, 10, 100, 1_000]);
    return splice(text, chance.number(head < 0 ? text.length : head), 0, chance.pick(repeats).repeat(times));
  },
  function wrongLength(text, chance) {
    const length = chance.pick([
      '0',
      '1',
      '99999',
      '-1',
      '',
      ' 7 ',
      '7, 8',
      '4294967297',
      chance.number(400),
    ]);
    return text.replace(/^(Content-Length|l):[^\r\n]*/im, `Content-Length: ${length}`);
  },
  function mixLineEnds(text, chance) {
    const ends = [...text.matchAll(/\r\n/g)];
    const found = ends[chance.number(ends.length)];
    return found ? splice(text, found.index, 2, chance.pick(lineEnds)) : text;
  },
  function caseOfLetters(text, { number }) {
    const at = number(text.length);
    const piece = text.slice(at, at + 12);
    const other = piece === piece.toUpperCase() ? piece.toLowerCase() : piece.toUpperCase();
    return splice(text, at, piece.length, other);
  },
  function stranger(text, chance) {
    return onLines(text, (lines) => {
      lines[chance.number(lines.length)] = chance.pick([
        'Contact: *',
        'Require: 100rel, timer, nothing',
        'From: <tel:+4930;phone-context=x>;tag=t',
        'To: <tel:+4930>',
        'Route: <sip:a.invalid;lr>,<sip:b.invalid;lr>',
        'Replaces: a;to-tag=b;from-tag=c',
        'Refer-To: <sip:a@b?Replaces=x%3Bto-tag%3Dy>',
        'Session-Expires: 1;refresher=uas',
        'Expires: 99999999999',
        'Content-Type: application/dtmf-relay',
        'Call-ID: __proto__',
        'Max-Forwards: 0',
        'Reason: SIP;cause=200',
        'Proxy-Authorization: Digest username="201", nc=00000001',
      ]);
    });
  },
];

/** One mutation of a valid message, or up to four: what is less disfigured gets further in. */
export function mutated(valid: string, chance: Chance): Buffer {
  let text = bytesOf(valid);
  for (let left = chance.pick([1, 1, 1, 2, 3, 4]); left > 0 && text !== ''; left -= 1)
    text = chance.pick(mutators)(text, chance);
  return Buffer.from(text, encoding);
}

function splice(text: string, at: number, removed: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + removed);
}

/** The lines of the head; the body stays as it is. */
function onLines(text: string, change: (lines: string[]) => unknown): string {
  const end = text.indexOf('\r\n\r\n');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  change(lines);
  return lines.join('\r\n') + (end < 0 ? '' : text.slice(end));
}
