// What our tones are made of: frequencies and rhythm, in seconds (pure). Played by tone-player.ts.

export interface ToneShape {
  /** Each part is sounded from `atSeconds` for `forSeconds`, its frequencies together. */
  readonly parts: readonly {
    readonly hz: readonly number[];
    readonly atSeconds: number;
    readonly forSeconds: number;
  }[];
  /** The whole repeats after this long. */
  readonly periodSeconds: number;
  /** How often it is played; null for until stopped. */
  readonly times: number | null;
  /** 0 to 1. */
  readonly loudness: number;
  /** Each part swells and fades this long, so that nothing clicks. */
  readonly fadeSeconds: number;
}

/** Two soft notes, a fourth apart, twice, then rest: heard across a room, bearable eighty times a day. */
const ringNotes = [0, 0.9].flatMap((atSeconds) => [
  { hz: [659.3, 1318.5], atSeconds, forSeconds: 0.42 },
  { hz: [880, 1760], atSeconds: atSeconds + 0.3, forSeconds: 0.5 },
]);

export const ringing: ToneShape = {
  parts: ringNotes,
  periodSeconds: 3.6,
  times: null,
  loudness: 0.5,
  fadeSeconds: 0.06,
};

/** ETSI TR 101 041-2: 425 Hz, 1 s on, 4 s off, as most of Europe hears it. */
export const ringback: ToneShape = {
  parts: [{ hz: [425], atSeconds: 0, forSeconds: 1 }],
  periodSeconds: 5,
  times: null,
  loudness: 0.12,
  fadeSeconds: 0.02,
};

export const busy: ToneShape = {
  parts: [{ hz: [425], atSeconds: 0, forSeconds: 0.48 }],
  periodSeconds: 0.96,
  times: 5,
  loudness: 0.12,
  fadeSeconds: 0.01,
};

/** For testing an output: three rising notes. */
export const chime: ToneShape = {
  parts: [523.3, 659.3, 784].map((hz, index) => ({ hz: [hz], atSeconds: index * 0.18, forSeconds: 0.4 })),
  periodSeconds: 1,
  times: 1,
  loudness: 0.35,
  fadeSeconds: 0.04,
};

/** ITU-T Q.23: each key is a row and a column frequency. */
const rowsHz = [697, 770, 852, 941];
const columnsHz = [1209, 1336, 1477, 1633];
const keys = '123A456B789C*0#D';
const keySeconds = 0.12;
const keyGapSeconds = 0.07;

/** @param digits characters that are no key are left out */
export function dtmf(digits: string): ToneShape {
  const pressed = [...digits.toUpperCase()].map((key) => keys.indexOf(key)).filter((index) => index >= 0);
  return {
    parts: pressed.map((key, index) => ({
      hz: [rowsHz[Math.floor(key / 4)] ?? 0, columnsHz[key % 4] ?? 0],
      atSeconds: index * (keySeconds + keyGapSeconds),
      forSeconds: keySeconds,
    })),
    periodSeconds: Math.max(1, pressed.length) * (keySeconds + keyGapSeconds),
    times: 1,
    loudness: 0.1,
    fadeSeconds: 0.005,
  };
}
