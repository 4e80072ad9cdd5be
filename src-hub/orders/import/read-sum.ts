// A sum of money as people and shops write it: "1.234,50 €", "EUR 12", "1,234.5". Pure.

const symbols: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };
const digitsOf = new Map<string, number>();

export interface Sum {
  /** In the smallest unit of its currency. */
  readonly minor: number;
  /** ISO 4217; '' where it is not said. */
  readonly currency: string;
}

/** @param cell "EUR", "eur", "€". @returns null where it is none that this computer's ICU could write. */
export function readCurrency(cell: string): string | null {
  const code = symbols[cell] ?? cell.toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

/** @param currency where the cell itself names none; '' for none. @returns null where it is no sum. */
export function readSum(cell: string, currency: string): Sum | null {
  const [, sign = '', before = '', digits = '', after = ''] =
    /^(-?)\s*([A-Za-z€$£¥]*)\s*([\d.,'\s\u00a0\u202f]+?)\s*([A-Za-z€$£¥]*)$/.exec(cell.trim()) ?? [];
  if (!/\d/.test(digits)) return null;
  const named = before || after;
  const own = named === '' ? currency : readCurrency(named);
  if (own === null) return null;
  const value = numberIn(digits.replace(/['\s\u00a0\u202f]/g, ''), fractionDigits(own));
  if (value === null) return null;
  const minor = Math.round(value * 10 ** fractionDigits(own));
  return Number.isSafeInteger(minor) && minor <= 1e15
    ? { minor: sign === '-' && minor > 0 ? -minor : minor, currency: own }
    : null;
}

/** "1.234" is a thousand and more: a fraction has as many digits as its currency, or fewer. */
function numberIn(text: string, fraction: number): number | null {
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const behind = text.length - last - 1;
  const mark = last < 0 ? '' : (text[last] ?? '');
  const isOnlyOne = mark !== '' && text.indexOf(mark) === last;
  const isFraction = last >= 0 && isOnlyOne && behind > 0 && behind <= Math.max(fraction, 1);
  const whole = isFraction ? text.slice(0, last) : text;
  if (!/^\d{1,3}([.,]\d{3})*$|^\d+$/.test(whole)) return null;
  const value = Number(`${whole.replace(/[.,]/g, '')}.${isFraction ? text.slice(last + 1) : '0'}`);
  return Number.isFinite(value) ? value : null;
}

/** ISO 4217's minor unit: none of the yen, a hundredth of the euro. */
function fractionDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits =
    currency === ''
      ? 2
      : (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ?? 2);
  digitsOf.set(currency, digits);
  return digits;
}
