// Whatever a window may be refused with has words of its own. The reasons are read from the sources, so that one that is
// new without words is found here and not by a person who is told of a fault that there is not.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { adminEn } from '../../src-renderer/i18n/admin/admin-en.ts';
import { dialUpEn } from '../../src-renderer/i18n/dial-up/dial-up-en.ts';
import { en } from '../../src-renderer/i18n/en.ts';
import { recordsEn } from '../../src-renderer/i18n/records/records-en.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

/**
 * Never shown: the phone window refuses these to main, the set-up page, REST and imports say their own, syncing tries again
 * or says it on its page, or a fault of ours.
 */
const shownByNobody = new Set([
  ...['cannotSendDtmf', 'connectionExists', 'microphone', 'noSuchConnection', 'timedOut', 'webRtc'],
  ...['codeWrong', 'setupDone', 'usernameInvalid', 'passwordTooShort', 'passwordTooLong'],
  ...['cursorMalformed', 'unknownCommand', 'fieldMalformed', 'externalIdTaken', 'idTaken', 'noAnswer'],
]);

function reasonsIn(folder: string): string[] {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(root, folder, file), 'utf8');
      return [...text.matchAll(/new CommandFailed\(\s*'(\w+)'/g)].map((match) => match[1] ?? '');
    });
}

it('every reason for a refusal is said in words', () => {
  const reasons = new Set(['src-main', 'src-hub', 'src-shared'].flatMap(reasonsIn));
  expect(reasons.size).toBeGreaterThan(20);
  const words = { ...en.refusal, ...adminEn.refusal, ...recordsEn.refusal, ...dialUpEn.refusal };
  const wordless = [...reasons].filter(
    (reason) => !Object.hasOwn(words, reason) && !shownByNobody.has(reason),
  );
  expect(wordless, 'say these under `refusal` in src-renderer/i18n, or name them above').toEqual([]);
});
