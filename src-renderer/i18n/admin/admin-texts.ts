// The texts of the admin window, which the other windows do not load. Imported by its main.tsx before anything is drawn;
// its components read them with useTranslation('admin').
import { i18next } from '../texts.ts';
import { adminDe } from './admin-de.ts';
import { adminEn } from './admin-en.ts';

i18next.addResourceBundle('en', 'admin', adminEn);
i18next.addResourceBundle('de', 'admin', adminDe);
