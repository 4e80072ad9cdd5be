// A refusal's reason as a sentence: what happened, what is safe, what to do next.
import { useTranslation } from 'react-i18next';
import { en } from '../i18n/en.ts';

type KnownReason = keyof typeof en.refusal;

function isKnown(reason: string): reason is KnownReason {
  return Object.hasOwn(en.refusal, reason);
}

/** Returns the way to turn a reason into text; a reason that has no text of its own reads as our own fault. */
export function useRefusalText(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => t(`refusal.${isKnown(reason) ? reason : 'internal'}`);
}
