// Orders in words, the same on the agent's card and on a record's page: modes, buttons, sums, times to wait.
import { useTranslation } from 'react-i18next';
import type { DialMode, OutcomeButton } from '#shared/domain/dial-up.ts';
import type { Order } from '#shared/domain/order.ts';

export interface OrderWords {
  /** @param name a free mode's own; '' where it has none */
  mode(mode: DialMode, name: string): string;
  /** @param label of an extra button, as it is or was called; '' or null for the usual word */
  button(button: OutcomeButton, label: string | null): string;
  /** '' where there is none. */
  sum(order: Pick<Order, 'sumMinor' | 'currency'>): string;
  /** "30 min", "2 h", "3 days". */
  delay(minutes: number): string;
}

export function useOrderWords(): OrderWords {
  const { t, i18n } = useTranslation('dialUp');
  const locale = i18n.language === 'en' ? 'en-GB' : i18n.language;
  return {
    mode: (mode, name) => name || t(`mode.${mode}`),
    button: (button, label) => label || t(`button.${button}`),
    sum({ sumMinor, currency }) {
      if (sumMinor === null) return '';
      const style = currency === '' ? {} : ({ style: 'currency', currency } as const);
      const format = new Intl.NumberFormat(locale, style);
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(sumMinor / 10 ** (currency === '' ? 2 : digits));
    },
    delay(minutes) {
      if (minutes < 120) return t('delay.minutes', { count: minutes });
      if (minutes < 2 * 1_440) return t('delay.hours', { count: Math.round(minutes / 60) });
      return t('delay.days', { count: Math.round(minutes / 1_440) });
    },
  };
}
