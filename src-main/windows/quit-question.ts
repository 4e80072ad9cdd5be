// The native question of CALL-21 before the app is quit by hand. What the answer does is session/quitting.ts.
import { dialog } from 'electron';
import type { QuitAnswer, QuitQuestion } from '../session/quitting.ts';
import type { Words } from './words.ts';

const answers: readonly QuitAnswer[] = ['offlineAndQuit', 'quit', 'stay'];

export async function askBeforeQuitting(question: QuitQuestion, words: Words): Promise<QuitAnswer> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: words.quitStillAvailable,
    detail: quitDetail(question, words),
    buttons: [words.quitSetOffline, words.quitAnyway, words.quitStay],
    defaultId: answers.indexOf('offlineAndQuit'),
    cancelId: answers.indexOf('stay'),
    noLink: true,
  });
  return answers[response] ?? 'stay';
}

function quitDetail({ others, offlineRefused }: QuitQuestion, words: Words): string {
  const rings =
    others === null
      ? words.quitRingsUnknown
      : others.length === 0
        ? words.quitRingsNowhere
        : `${words.quitRings}\n${others.map(({ label }) => label ?? words.otherOffhook).join('\n')}`;
  return offlineRefused ? `${words.quitOfflineFailed}\n\n${rings}` : rings;
}
