// Turns structured-cloneable values into text and back: what Electron's IPC carries, over a pipe that carries strings.
// Used on both ends; `makeCodec` is also injected into pages as source text, so it may use nothing outside itself.

export interface Codec {
  /** @throws DOMException-like Error named DataCloneError for functions, symbols and other things that cannot travel. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

export function makeCodec(): Codec {
  const viewKinds: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    DataView,
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  };
  const errorKinds = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

  const refuse = (what: string): never => {
    const error = new Error(`${what} could not be cloned.`);
    error.name = 'DataCloneError';
    throw error;
  };

  const toBase64 = (bytes: Uint8Array) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  };
  const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  /** What JSON carries as it is: most messages, and a page reads them in a tenth of the time. */
  const isPlain = (value: unknown, met: Set<object>): boolean => {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
    if (typeof value !== 'object' || met.has(value)) return false;
    met.add(value);
    if (!Array.isArray(value)) {
      const above = Object.getPrototypeOf(value);
      if (above !== null && Object.getPrototypeOf(above) !== null) return false;
    } else if (Object.hasOwn(value, 'toJSON')) return false;
    // Spread, so that holes are met as undefined.
    const parts = Array.isArray(value) ? [...value] : Object.values(value);
    return parts.every((part) => isPlain(part, met));
  };

  const packNumber = (value: number) =>
    Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : ['number', Object.is(value, -0) ? '-0' : String(value)];

  /** Objects are numbered in the order in which they are met; a second meeting, or a cycle, names the number. */
  const packObject = (value: object, met: Map<object, number>): unknown => {
    const before = met.get(value);
    if (before !== undefined) return ['same', before];
    met.set(value, met.size);
    const pack = (part: unknown) => packValue(part, met);
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (Array.isArray(value)) return ['array', Array.from(value, pack)];
    if (value instanceof Date) return ['date', packNumber(value.getTime())];
    if (value instanceof RegExp) return ['regexp', value.source, value.flags];
    if (value instanceof Map) return ['map', Array.from(value, ([key, item]) => [pack(key), pack(item)])];
    if (value instanceof Set) return ['set', Array.from(value, pack)];
    if (value instanceof Error) {
      return ['error', value.name, value.message, value.stack, 'cause' in value ? [pack(value.cause)] : []];
    }
    if (value instanceof ArrayBuffer) return ['buffer', toBase64(new Uint8Array(value))];
    if (ArrayBuffer.isView(value)) {
      return ['view', kind, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
    }
    if (kind === 'Promise' || kind.startsWith('Weak')) return refuse(`#<${kind}>`);
    return ['object', Object.entries(value).map(([key, item]) => [key, pack(item)])];
  };

  const packValue = (value: unknown, met: Map<object, number>): unknown => {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return ['undefined'];
    if (typeof value === 'number') return packNumber(value);
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (typeof value === 'object') return packObject(value, met);
    return refuse(typeof value === 'function' ? 'A function' : String(value));
  };

  const unpack = (packed: unknown, known: unknown[]): unknown => {
    if (!Array.isArray(packed)) return packed;
    const [kind, first, second, third, fourth] = packed;
    const know = <T>(value: T): T => {
      known.push(value);
      return value;
    };
    if (kind === 'plain') return first;
    if (kind === 'undefined') return undefined;
    if (kind === 'number') return Number(first);
    if (kind === 'bigint') return BigInt(first);
    if (kind === 'same') return known[first];
    if (kind === 'date') return know(new Date(Number(unpack(first, known))));
    if (kind === 'regexp') return know(new RegExp(first, second));
    if (kind === 'buffer') return know(fromBase64(first).buffer);
    if (kind === 'view') {
      const View = viewKinds[first] ?? refuse(`A view of kind ${first}`);
      return know(new View(fromBase64(second).buffer));
    }
    if (kind === 'error') {
      const Kind = errorKinds[first as keyof typeof errorKinds] ?? Error;
      const error = know(new Kind(second));
      Object.defineProperty(error, 'stack', { value: third, configurable: true, writable: true });
      if (error.name !== first) Object.defineProperty(error, 'name', { value: first, configurable: true });
      if (fourth.length > 0) error.cause = unpack(fourth[0], known);
      return error;
    }
    if (kind === 'array') {
      const list: unknown[] = know([]);
      for (const item of first) list.push(unpack(item, known));
      return list;
    }
    if (kind === 'map') {
      const map = know(new Map());
      for (const [key, item] of first) map.set(unpack(key, known), unpack(item, known));
      return map;
    }
    if (kind === 'set') {
      const set = know(new Set());
      for (const item of first) set.add(unpack(item, known));
      return set;
    }
    const object = know({});
    for (const [key, item] of first) {
      // Defined, not assigned: a key named __proto__ stays a key.
      const value = unpack(item, known);
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return object;
  };

  return {
    encode: (value) =>
      JSON.stringify(isPlain(value, new Set()) ? ['plain', value] : packValue(value, new Map())),
    decode: (text) => unpack(JSON.parse(text), []),
  };
}
