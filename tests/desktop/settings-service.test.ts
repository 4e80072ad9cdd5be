// Settings on disk: first start, damaged fields, changes.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSettingsService, type SettingsFile } from '../../src-main/settings/settings-service.ts';

function fileWith(content: Record<string, unknown>): SettingsFile & { content: Record<string, unknown> } {
  return {
    content,
    get: (key) => content[key],
    set: (key, value) => {
      content[key] = value;
    },
  };
}

test('a first start takes the language of the system', () => {
  expect(createSettingsService(fileWith({}), 'de-AT', randomUUID).view().language).toBe('de');
  expect(createSettingsService(fileWith({}), 'fr-FR', randomUUID).view().language).toBe('en');
});

test('the device id is made once and kept over starts', () => {
  const file = fileWith({});
  const first = createSettingsService(file, 'en', randomUUID).local().deviceId;
  expect(createSettingsService(file, 'en', randomUUID).local().deviceId).toBe(first);
});

test('a damaged field falls back alone; the good ones stay', () => {
  const file = fileWith({ view: { theme: 'purple', username: 'alex', speakerId: 12 }, local: 'nonsense' });
  const settings = createSettingsService(file, 'en', randomUUID);
  expect(settings.view()).toMatchObject({ theme: 'system', username: 'alex', speakerId: null });
  expect(settings.local().hubUrl).toBeNull();
});

test('a change is kept, and told', () => {
  const file = fileWith({});
  const settings = createSettingsService(file, 'en', randomUUID);
  const told: string[] = [];
  settings.onChanged((view) => told.push(view.theme));
  settings.change({ theme: 'dark' });
  expect(told).toEqual(['dark']);
  expect(createSettingsService(file, 'en', randomUUID).view().theme).toBe('dark');
});
