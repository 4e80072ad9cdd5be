// Entry of the agent window.
import { connectToMain } from '../client/desktop-client.ts';
import { showWindow } from '../look/window-frame.tsx';
import { AgentWindow, agentTopics } from './agent-window.tsx';

showWindow({ client: connectToMain(), topics: agentTopics, children: <AgentWindow /> });
