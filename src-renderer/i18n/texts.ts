// Sets up i18next once with both languages bundled, so that switching is immediate. Used by every window's main.tsx.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { adminEn } from './admin/admin-en.ts';
import { de } from './de.ts';
import type { dialUpEn } from './dial-up/dial-up-en.ts';
import { en } from './en.ts';
import type { formEn } from './form/form-en.ts';
import type { recordsEn } from './records/records-en.ts';

export type Language = 'en' | 'de';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof en;
      admin: typeof adminEn;
      dialUp: typeof dialUpEn;
      form: typeof formEn;
      records: typeof recordsEn;
    };
  }
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en }, de: { translation: de } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Switches every text and the document's own language, which screen readers and hyphenation go by. */
export function showLanguage(language: Language): void {
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

export { i18next };
