// Entry of the sign-in window.
import { connectToMain } from '../client/desktop-client.ts';
import { showWindow } from '../look/window-frame.tsx';
import { firstFaceIn, firstValues } from './first-face.ts';
import { SignInWindow, signInTopics } from './sign-in-window.tsx';

const root = document.getElementById('root');
const face = root && firstFaceIn(root);

showWindow({
  client: connectToMain(),
  topics: signInTopics,
  children: <SignInWindow />,
  drawnWith: face && firstValues(face),
});
