// The order in which Vitest takes the files: the longest first, so that none of them begins when the others are done.
// Vitest knows by itself how long a file took here the last time; on a fresh clone, where it knows nothing, it would go
// by the size of the file, and for that the long ones stand here. Used by vitest.config.ts.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Ends of paths, in the order in which they begin. A file that is missing here only begins later. */
export const longestFiles = [
  'hub/whole-call.test.ts',
  'telephony/phone-window.test.ts',
  'hub/server.test.ts',
  'hub/hub-dies.test.ts',
  'hub/practice-process.test.ts',
  'hub/routing/scenarios.test.ts',
  'telephony/links-die.test.ts',
  'telephony/two-phones.test.ts',
  'model/call-model.test.ts',
  'ui/admin-company.test.tsx',
  'media/scripted-callers.test.ts',
  'telephony/sip-session.test.ts',
  'telephony/sip-registration.test.ts',
  'hub/coturn.test.ts',
  'house/packaging.test.ts',
  'media/voicemail-end.test.ts',
  'media/echo-end.test.ts',
  'host/life.test.ts',
  'hub/routing/waiting.test.ts',
  'ui/admin-people.test.tsx',
  'telephony/windows-die.test.ts',
  'telephony/links-return.test.ts',
  'telephony/hub-link.test.ts',
  'media/chromium.test.ts',
  'torture/torture.test.ts',
  'torture/fuzz/fuzz.test.ts',
  'hub/stores.test.ts',
  'hub/accounts.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = longestFiles.findIndex((end) => moduleId.endsWith(`/tests/${end}`));
      return at < 0 ? longestFiles.length : at;
    };
    // The sort is stable: what is not named stays in Vitest's own order.
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}
