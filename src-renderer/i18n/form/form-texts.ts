// The texts of the call form and of a record's fields. Imported by every window that shows them, before anything is drawn;
// components read them with useTranslation('form').
import { i18next } from '../texts.ts';
import { formDe } from './form-de.ts';
import { formEn } from './form-en.ts';

i18next.addResourceBundle('en', 'form', formEn);
i18next.addResourceBundle('de', 'form', formDe);
