// Entry of the call box.
import { connectToMain } from '../client/desktop-client.ts';
import { showWindow } from '../look/window-frame.tsx';
import { CallBox, callBoxTopics } from './call-box.tsx';

showWindow({ client: connectToMain(), topics: callBoxTopics, children: <CallBox /> });
