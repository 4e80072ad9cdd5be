// The few settings that the first page is drawn with, read straight from the file: the library that keeps it, and what
// validates it, take longer to load than the page takes to be painted. Read by boot.ts only; everything else asks
// settings-service.ts, and the page too, as soon as it can.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface SettingsGlance {
  readonly language: 'en' | 'de';
  readonly theme: 'system' | 'light' | 'dark';
  readonly username: string;
  readonly hubUrl: string | null;
}

const longestUsername = 200;

/** What is missing, damaged or not readable is taken for its default. @param systemLocale BCP 47 */
export function glanceAtSettings(userDataFolder: string, systemLocale: string): SettingsGlance {
  const file = record(read(path.join(userDataFolder, 'config.json')));
  const view = record(file.view);
  const { hubUrl } = record(file.local);
  const systemLanguage = systemLocale.toLowerCase().startsWith('de') ? 'de' : 'en';
  return {
    language: view.language === 'en' || view.language === 'de' ? view.language : systemLanguage,
    theme: view.theme === 'light' || view.theme === 'dark' ? view.theme : 'system',
    username: typeof view.username === 'string' ? view.username.slice(0, longestUsername) : '',
    hubUrl: typeof hubUrl === 'string' ? hubUrl : null,
  };
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // A first start has none, and one that is damaged is begun anew, and logged, when it is opened in earnest.
    return null;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
