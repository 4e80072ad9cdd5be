// The texts of call mode for agents. Imported by the agent window before anything is drawn; components read them with
// useTranslation('dialUp').
import { i18next } from '../texts.ts';
import { dialUpDe } from './dial-up-de.ts';
import { dialUpEn } from './dial-up-en.ts';

i18next.addResourceBundle('en', 'dialUp', dialUpEn);
i18next.addResourceBundle('de', 'dialUp', dialUpDe);
