// The tour's steps in the order of an agent's day. Called by scripts/tour.ts.
import { eventually } from '../../tests/support/eventually.ts';
import { descendantsOf, stillRunning } from '../setup/process-tree.mjs';
import { becomeAvailable, checkDevices, signIn } from './arrival.ts';
import { deskIn } from './desk.ts';
import { takeCall } from './first-call.ts';
import { lookUpInContacts } from './records.ts';
import { decline, hearVoicemail, takeCallInGerman } from './second-round.ts';
import type { TourParts } from './tour-parts.ts';

export async function doTheWholeJob(parts: TourParts): Promise<void> {
  const app = await signIn(parts);
  const windows = await checkDevices(parts, app);
  const desk = deskIn('en', windows);
  await becomeAvailable(parts, desk);
  await takeCall(parts, desk);
  await lookUpInContacts(parts, desk);
  await decline(parts, desk);
  await takeCallInGerman(parts, desk);
  await hearVoicemail(parts, desk);
  await parts.report.step('quit', async () => {
    const begun = descendantsOf(app.pid);
    await app.stop();
    await eventually('every process has ended', () => stillRunning(begun).length === 0);
    return 'every process that the app began has ended';
  });
}
