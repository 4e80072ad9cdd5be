// The texts of Leads, Contacts, search and syncing. Imported by the agent window before anything is drawn; its components
// read them with useTranslation('records').
import { i18next } from '../texts.ts';
import { recordsDe } from './records-de.ts';
import { recordsEn } from './records-en.ts';

i18next.addResourceBundle('en', 'records', recordsEn);
i18next.addResourceBundle('de', 'records', recordsDe);
