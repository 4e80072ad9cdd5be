// A refusal's reason as a sentence: what happened, what is safe, what to do next.
import { useTranslation } from 'react-i18next';
import { en } from '../i18n/en.ts';

type KnownReason = keyof typeof en.refusal;

function isKnown(reason: string): reason is KnownReason {
  return Object.hasOwn(en.refusal, reason);
}

/** Returns the way to turn a reason into text; a reason that has no text of its own reads as our own fault. */
export function useRefusalText(): (reason: string) => string {
  const { t, i18n } = useTranslation();
  return (reason) => {
    if (isKnown(reason)) return t(`refusal.${reason}`);
    // The admin window brings texts of its own (i18n/admin), which other windows do not load.
    const own: unknown = i18n.getResource(i18n.language, 'admin', `refusal.${reason}`);
    return typeof own === 'string' ? own : t('refusal.internal');
  };
}
