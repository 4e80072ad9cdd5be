// The agent window: rail, top bar, work area, and at the bottom the call that rings, runs or was just saved.
// What happens with a call stands at the bottom, so that nothing above it moves when one comes in.
import { useState } from 'react';
import type { CallId, VoicemailId } from '#shared/domain/ids.ts';
import { useLive, useMainEvent } from '../client/desktop-context.tsx';
import { type TopicName, topicNames } from '../client/live-store.ts';
import { DeviceCheck } from '../features/devices/device-check.tsx';
import { DevicePickers } from '../features/devices/device-pickers.tsx';
import { HistoryView } from '../features/history/history-view.tsx';
import { type InboxChoice, InboxView } from '../features/inbox/inbox-view.tsx';
import { SettingsView } from '../features/settings/settings-view.tsx';
import { VoicemailView } from '../features/voicemail/voicemail-view.tsx';
import styles from './agent-window.module.css';
import { CallDock } from './call-dock.tsx';
import { InboxDetail } from './inbox-detail.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';

export const agentTopics: readonly TopicName[] = topicNames;

export type Area = 'inbox' | 'history' | 'voicemail' | 'settings';

export function AgentWindow() {
  const session = useLive('session');
  const calls = useLive('calls');
  const inbox = useLive('inbox');
  const [area, setArea] = useState<Area>('inbox');
  const [inboxChoice, setInboxChoice] = useState<InboxChoice | null>(null);
  const [historyChoice, setHistoryChoice] = useState<CallId | null>(null);
  const [voicemailChoice, setVoicemailChoice] = useState<VoicemailId | null>(null);

  const openCall = (callId: CallId) => {
    const waits =
      calls.some((call) => call.callId === callId && call.phase === 'ignored') ||
      [...inbox.toFinish, ...inbox.missed].some((entry) => entry.callId === callId);
    if (waits) {
      setInboxChoice({ kind: 'call', callId });
      setArea('inbox');
    } else {
      setHistoryChoice(callId);
      setArea('history');
    }
  };
  useMainEvent('window.openCall', ({ callId }) => openCall(callId));

  // Main closes this window on signing out; until then it has nothing to show.
  if (session.state !== 'signedIn') return null;
  return (
    <div className={styles.window}>
      <TopBar onOpenSettings={() => setArea('settings')} />
      <Rail area={area} onGo={setArea} />
      <main className={styles.work}>
        <DeviceCheck />
        <div className={styles.area}>
          {area === 'inbox' && (
            <InboxView
              chosen={inboxChoice}
              onChoose={setInboxChoice}
              detail={(choice) => <InboxDetail choice={choice} onDone={() => setInboxChoice(null)} />}
            />
          )}
          {area === 'history' && (
            <HistoryView
              chosen={historyChoice}
              onChoose={setHistoryChoice}
              onFinish={(callId) => {
                setInboxChoice({ kind: 'call', callId });
                setArea('inbox');
              }}
            />
          )}
          {area === 'voicemail' && <VoicemailView chosen={voicemailChoice} onChoose={setVoicemailChoice} />}
          {area === 'settings' && <SettingsView devices={<DevicePickers />} />}
        </div>
        <CallDock />
      </main>
    </div>
  );
}
