// Entry of the sign-in window.
import { connectToMain } from '../client/desktop-client.ts';
import { showWindow } from '../look/window-frame.tsx';
import { SignInWindow, signInTopics } from './sign-in-window.tsx';

showWindow({ client: connectToMain(), topics: signInTopics, children: <SignInWindow /> });
