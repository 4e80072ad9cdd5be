// Entry of the admin window.
import '../i18n/admin/admin-texts.ts';
import '../i18n/form/form-texts.ts';
import { connectToMain } from '../client/desktop-client.ts';
import { showWindow } from '../look/window-frame.tsx';
import { AdminWindow, adminTopics } from './admin-window.tsx';

showWindow({ client: connectToMain(), topics: adminTopics, children: <AdminWindow /> });
