// Draws the sign-in once while Offhook is built, in each language, so that the page shows its fields before any script has
// run. Called by scripts/draw-faces.ts. What differs from computer to computer stands in as `%name%`, for main to fill in.
import { renderToString } from 'react-dom/server';
import type { DesktopClient } from '../client/desktop-client.ts';
import { LiveStore } from '../client/live-store.ts';
import { i18next } from '../i18n/texts.ts';
import { windowTree } from '../look/window-frame.tsx';
import { firstValues } from './first-face.ts';
import { SignInWindow, signInTopics } from './sign-in-window.tsx';

/** Nobody is there to be asked: a component that asks while it is drawn would be a mistake. */
const nobody: DesktopClient = {
  call: () => Promise.reject(new Error('The sign-in was drawn by the build.')),
  on: () => () => undefined,
  close: () => undefined,
};

/** @returns the whole #root element of each face, by `<language>[-remembers][-named]` */
export async function drawFaces(): Promise<Record<string, string>> {
  const faces: Record<string, string> = {};
  for (const language of ['en', 'de'] as const) {
    await i18next.changeLanguage(language);
    const practice = i18next.t('signIn.teamServerPractice');
    for (const canRemember of [false, true]) {
      for (const named of [false, true]) {
        const face = {
          language,
          canRemember,
          username: named ? '%username%' : '',
          teamServer: `%teamServer|${practice}%`,
        };
        const live = new LiveStore(nobody, firstValues(face));
        const drawn = renderToString(
          windowTree({ client: nobody, topics: signInTopics, loaded: live, children: <SignInWindow /> }),
        );
        const name = [language, canRemember && 'remembers', named && 'named'].filter(Boolean).join('-');
        const data = [
          `data-language="${language}"`,
          `data-can-remember="${canRemember}"`,
          `data-username="${face.username}"`,
          `data-team-server="${face.teamServer}"`,
        ];
        faces[name] = `<div id="root" ${data.join(' ')}>${drawn}</div>`;
      }
    }
  }
  return faces;
}
