// A refusal's reason as a sentence: what happened, what is safe, what to do next.
import { useTranslation } from 'react-i18next';
import { en } from '../i18n/en.ts';

type KnownReason = keyof typeof en.refusal;

function isKnown(reason: string): reason is KnownReason {
  return Object.hasOwn(en.refusal, reason);
}

/** Texts that only some windows load: i18n/admin, i18n/dial-up, i18n/records. */
export type OwnTexts = 'admin' | 'dialUp' | 'records';

/**
 * Returns the way to turn a reason into text; a reason that has no text of its own reads as our own fault.
 * @param before texts that say it more exactly where it was asked, and so come before those of all windows
 */
export function useRefusalText(before?: OwnTexts): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return (reason) => {
    const own = (from: OwnTexts): string | null => {
      const text: unknown = i18n.getResource(i18n.language, from, `refusal.${reason}`);
      return typeof text === 'string' ? text : null;
    };
    const exact = before ? own(before) : null;
    if (exact !== null) return exact;
    if (isKnown(reason)) return t(`refusal.${reason}`);
    return own('admin') ?? own('records') ?? own('dialUp') ?? t('refusal.internal');
  };
}
