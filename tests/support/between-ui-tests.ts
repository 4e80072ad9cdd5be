// What each file of tests/ui begins and ends with. They share a worker's document and modules (vitest.config.ts), so a
// mounted window is taken away after each test, and no file finds another's language or what it left in the document.
import { cleanup } from '@testing-library/react';
import i18next from 'i18next';
import { afterAll, afterEach } from 'vitest';

afterEach(cleanup);

afterAll(async () => {
  document.head.replaceChildren();
  document.body.replaceChildren();
  if (i18next.isInitialized) await i18next.changeLanguage('en');
  document.documentElement.removeAttribute('lang');
});
