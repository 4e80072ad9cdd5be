// Keeps one picture of the line for all who look, and decides when it is made anew: at once where something was changed, for
// whoever asks next; at ease where only time has made another of it, while those who ask are answered with what was. Let go
// of when nobody has looked for a while. What a picture is made of is line-snapshot.ts's; called by line-service.ts.
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { HubClock } from '../hub-clock.ts';
import type { InLine, LineSnapshot, Rest } from './line-snapshot.ts';

/** Where nothing was changed: at least; and no more of the hub's time goes into it than a part of so many. */
const goodForMs = 8_000;
const partOfTime = 10;
/** Though neither a change nor its time should be missed. */
const goodForMostMs = 300_000;
const forgottenAfterMs = 30_000;
/** For each moment of work at ease: on a small computer a line made in one go takes a whole core from everybody else. */
const restsFor = 3;

export interface KeptLine extends LineSnapshot {
  /** What filters have found in it, by whoever looked. */
  readonly found: Map<string, readonly InLine[]>;
}

interface Picture {
  made: Promise<KeptLine>;
  beganMs: number;
  unchangedUntilMs: number;
  /** Of work, without rests; 0 while it is being made. */
  tookMs: number;
  stale: boolean;
}

export class LineKeeper {
  readonly #make: (rest: Rest) => Promise<LineSnapshot>;
  readonly #clock: HubClock;
  #last: Picture | null = null;
  /** Made at ease, to take the place of the last. */
  #coming: { readonly picture: Picture; readonly abort: AbortController } | null = null;
  #callOffForgetting: () => void = () => undefined;

  /** @param make is given how to let others have their turn. */
  constructor(make: (rest: Rest) => Promise<LineSnapshot>, clock: HubClock) {
    this.#make = make;
    this.#clock = clock;
  }

  close(): void {
    this.#callOffForgetting();
    this.#forget();
  }

  /** What was read before this may be old. */
  changed(): void {
    if (this.#last) this.#last.stale = true;
    if (this.#coming) this.#coming.picture.stale = true;
  }

  /** As of now where anything was changed; else as it was a few seconds ago at the most. May be refused as `make` is. */
  now(): Promise<KeptLine> {
    this.#callOffForgetting();
    this.#callOffForgetting = this.#clock.after(forgottenAfterMs, () => this.#forget());
    const last = this.#last;
    if (!last) return this.#begin(null);
    const isBeingMade = last.tookMs === 0;
    // What was changed while it was being made may be missing in it.
    if (last.stale) return this.#begin(isBeingMade ? last.made : null);
    if (isBeingMade) return last.made;
    const { beganMs, unchangedUntilMs, tookMs, made } = last;
    const nowMs = this.#clock.nowMs();
    const goodMs = Math.max(goodForMs, tookMs * partOfTime);
    const goodUntilMs = Math.max(beganMs + goodMs, Math.min(unchangedUntilMs, beganMs + goodForMostMs));
    // Where the clock was set back, nobody knows how old it is.
    if (nowMs < beganMs || nowMs >= goodUntilMs + goodMs) return this.#begin(null);
    if (nowMs >= goodUntilMs && !this.#coming) this.#come();
    return made;
  }

  /** @param before the one under way, which is waited for: two at once would only slow each other. */
  #begin(before: Promise<KeptLine> | null): Promise<KeptLine> {
    this.#callOffComing();
    const picture = this.#picture(before ?? Promise.resolve(null), setImmediate);
    this.#last = picture;
    picture.made.catch(() => {
      if (this.#last === picture) this.#last = null;
    });
    return picture.made;
  }

  #come(): void {
    const abort = new AbortController();
    let restedMs = 0;
    let sinceMs = performance.now();
    const rest = async () => {
      const beganMs = performance.now();
      await setTimeout((beganMs - sinceMs) * restsFor, undefined, { signal: abort.signal, ref: false });
      sinceMs = performance.now();
      restedMs += sinceMs - beganMs;
    };
    const picture = this.#picture(Promise.resolve(null), rest, () => restedMs);
    const coming = { picture, abort };
    this.#coming = coming;
    const ended = (last: Picture | null) => {
      if (this.#coming !== coming) return;
      this.#coming = null;
      if (last) this.#last = last;
    };
    // Where it failed, the next who asks begins it again, and at twice the age is told why.
    picture.made.then(
      () => ended(picture),
      () => ended(null),
    );
  }

  #picture(after: Promise<unknown>, rest: Rest, restedMs: () => number = () => 0): Picture {
    const make = async () => {
      const beganMs = performance.now();
      picture.beganMs = this.#clock.nowMs();
      picture.stale = false;
      const snapshot = await this.#make(rest);
      picture.unchangedUntilMs = snapshot.unchangedUntilMs;
      picture.tookMs = Math.max(1, performance.now() - beganMs - restedMs());
      return { ...snapshot, found: new Map() };
    };
    const made = after.then(make, make);
    const beganMs = this.#clock.nowMs();
    const picture: Picture = { made, beganMs, unchangedUntilMs: beganMs, tookMs: 0, stale: false };
    return picture;
  }

  #callOffComing(): void {
    this.#coming?.abort.abort();
    this.#coming = null;
  }

  #forget(): void {
    this.#callOffComing();
    this.#last = null;
  }
}
