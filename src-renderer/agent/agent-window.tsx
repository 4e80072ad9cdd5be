// The agent window: rail, top bar, work area, and at the bottom the call that rings, runs or was just saved.
// What happens with a call stands at the bottom, so that nothing above it moves when one comes in.
import '../i18n/dial-up/dial-up-texts.ts';
import '../i18n/form/form-texts.ts';
import '../i18n/records/records-texts.ts';
import { useMemo, useState } from 'react';
import type { CallId, RecordId, VoicemailId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { DesktopClient } from '../client/desktop-client.ts';
import { useClient, useLive, useMainEvent } from '../client/desktop-context.tsx';
import { type TopicName, topicNames } from '../client/live-store.ts';
import { DeviceCheck } from '../features/devices/device-check.tsx';
import { DevicePickers } from '../features/devices/device-pickers.tsx';
import { DialUpView } from '../features/dial-up/dial-up-view.tsx';
import { HistoryView } from '../features/history/history-view.tsx';
import { type InboxChoice, InboxView } from '../features/inbox/inbox-view.tsx';
import { WithoutHub } from '../features/links/without-hub.tsx';
import { ProjectsToOpen } from '../features/open-projects/projects-to-open.tsx';
import { type RecordChoice, RecordsView } from '../features/records/records-view.tsx';
import { SearchPalette } from '../features/search/search-palette.tsx';
import { SettingsView } from '../features/settings/settings-view.tsx';
import { SyncPage } from '../features/sync/sync-page.tsx';
import { VoicemailView } from '../features/voicemail/voicemail-view.tsx';
import { DetailSideProvider } from '../parts/detail-side.tsx';
import { isMac, isTyping, plainKey, useWindowKeys } from '../parts/keyboard.ts';
import { OpenRecordProvider } from '../parts/open-record.tsx';
import { isStillTyping } from '../parts/typing-guard.ts';
import styles from './agent-window.module.css';
import type { Area } from './areas.ts';
import { CallDock } from './call-dock.tsx';
import { FormDetail } from './form-detail.tsx';
import { InboxDetail } from './inbox-detail.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useFormInDetail } from './use-form-in-detail.ts';
import { usePaletteCommands } from './use-palette-commands.tsx';

export const agentTopics: readonly TopicName[] = topicNames;

export function AgentWindow() {
  const client = useClient();
  const session = useLive('session');
  const calls = useLive('calls');
  const [area, setArea] = useState<Area>('inbox');
  const [inboxChoice, setInboxChoice] = useState<InboxChoice | null>(null);
  const [historyChoice, setHistoryChoice] = useState<CallId | null>(null);
  const [voicemailChoice, setVoicemailChoice] = useState<VoicemailId | null>(null);
  const [recordChoice, setRecordChoice] = useState<RecordChoices>({ leads: null, contacts: null });
  const [searchOpen, setSearchOpen] = useState(false);

  const form = useFormInDetail();
  const { putAside } = form;
  const hasDetailSide = area !== 'settings' && area !== 'sync';
  const shownForm = hasDetailSide ? (form.call?.callId ?? null) : null;
  const showForm = (callId: CallId) => {
    form.show(callId);
    if (!hasDetailSide) setArea('inbox');
  };
  const toggleForm = (callId: CallId) => (shownForm === callId ? putAside() : showForm(callId));
  /** Who chooses something in a list wants to see that. */
  const choosing =
    <C,>(choose: (choice: C) => void) =>
    (choice: C) => {
      if (choice !== null) form.putAside();
      choose(choice);
    };

  const openCall = async (callId: CallId) => {
    const alive = calls.find((call) => call.callId === callId && call.phase !== 'ignored');
    if (alive?.orderId) return setArea('dialUp');
    if (alive) return showForm(callId);
    form.putAside();
    const ringing = calls.some((call) => call.callId === callId && call.phase === 'ignored');
    if (ringing || (await waitsInInbox(client, callId))) {
      setInboxChoice({ kind: 'call', callId });
      setArea('inbox');
    } else {
      setHistoryChoice(callId);
      setArea('history');
    }
  };
  useMainEvent('window.openCall', ({ callId }) => void openCall(callId));

  const { openRecord, acts } = useMemo(() => {
    const choose = (list: 'leads' | 'contacts', choice: RecordChoice) => {
      putAside();
      setRecordChoice((before) => ({ ...before, [list]: choice }));
      setArea(list);
    };
    return {
      openRecord: async (recordId: RecordId) => choose(await listOf(client, recordId), recordId),
      acts: { go: setArea, newRecord: (list: 'leads' | 'contacts') => choose(list, 'new') },
    };
  }, [client, putAside]);
  useMainEvent('window.showRecord', ({ recordId }) => void openRecord(recordId));
  const commands = usePaletteCommands(acts);
  useWindowKeys((event) => {
    if (!(isMac ? event.metaKey : event.ctrlKey) || event.altKey || event.shiftKey) return;
    if (event.key.toLowerCase() !== 'k') return;
    event.preventDefault();
    setSearchOpen((before) => !before);
  });
  useWindowKeys((event) => {
    const free = event.altKey || (!isTyping(event.target) && !isStillTyping());
    if (!free || event.ctrlKey || event.metaKey || event.repeat || plainKey(event) !== 'f') return;
    if (!form.current) return;
    event.preventDefault();
    toggleForm(shownForm ?? form.current.callId);
  });

  // Main closes this window on signing out; until then it has nothing to show.
  if (session.state !== 'signedIn') return null;
  return (
    <OpenRecordProvider open={(recordId) => void openRecord(recordId)}>
      <div className={styles.window}>
        <TopBar
          onOpenSettings={() => setArea('settings')}
          onOpenSync={() => setArea('sync')}
          searchOpen={searchOpen}
          onToggleSearch={() => setSearchOpen(!searchOpen)}
        />
        <Rail area={area} onGo={setArea} />
        <main className={styles.work}>
          <DeviceCheck />
          <WithoutHub />
          <ProjectsToOpen />
          <div className={styles.area}>
            <DetailSideProvider
              side={
                form.call && {
                  content: <FormDetail key={form.call.callId} call={form.call} onPutAside={form.putAside} />,
                  putAside: form.putAside,
                }
              }
            >
              {area === 'inbox' && (
                <InboxView
                  chosen={inboxChoice}
                  onChoose={choosing(setInboxChoice)}
                  detail={(choice) => <InboxDetail choice={choice} onDone={() => setInboxChoice(null)} />}
                />
              )}
              {(area === 'leads' || area === 'contacts') && (
                <RecordsView
                  key={area}
                  list={area}
                  chosen={recordChoice[area]}
                  onChoose={choosing((choice: RecordChoice | null) =>
                    setRecordChoice({ ...recordChoice, [area]: choice }),
                  )}
                  onOpenCall={(callId) => void openCall(callId)}
                />
              )}
              {area === 'dialUp' &&
                (form.call ? (
                  <FormDetail key={form.call.callId} call={form.call} onPutAside={putAside} />
                ) : (
                  <DialUpView />
                ))}
              {area === 'history' && (
                <HistoryView
                  chosen={historyChoice}
                  onChoose={choosing(setHistoryChoice)}
                  onFinish={(callId) => {
                    setInboxChoice({ kind: 'call', callId });
                    setArea('inbox');
                  }}
                />
              )}
              {area === 'voicemail' && (
                <VoicemailView chosen={voicemailChoice} onChoose={choosing(setVoicemailChoice)} />
              )}
              {area === 'settings' && <SettingsView devices={<DevicePickers />} />}
              {area === 'sync' && <SyncPage onOpenCall={(callId) => void openCall(callId)} />}
            </DetailSideProvider>
            {searchOpen && (
              <SearchPalette
                commands={commands}
                onOpenRecord={(recordId) => void openRecord(recordId)}
                onOpenCall={(callId) => void openCall(callId)}
                onClose={() => setSearchOpen(false)}
              />
            )}
          </div>
          <CallDock
            onOpenCall={(callId) => void openCall(callId)}
            formOf={shownForm}
            onToggleForm={toggleForm}
          />
        </main>
      </div>
    </OpenRecordProvider>
  );
}

interface RecordChoices {
  readonly leads: RecordChoice | null;
  readonly contacts: RecordChoice | null;
}

/** Where a record is listed; one that is not here any more is said so in Contacts. */
async function listOf(client: DesktopClient, recordId: RecordId): Promise<'leads' | 'contacts'> {
  try {
    const { record } = await client.call('records.get', { recordId });
    return record.kind === 'lead' ? 'leads' : 'contacts';
  } catch (error) {
    if (error instanceof CommandFailed) return 'contacts';
    throw error;
  }
}

/** Asked anew rather than read from the inbox: the call may have come back to it just now, by an undo. */
async function waitsInInbox(client: DesktopClient, callId: CallId): Promise<boolean> {
  try {
    const entry = await client.call('history.get', { callId });
    return entry.state === 'toFinish' || (entry.outcome === 'missed' && !entry.seen);
  } catch (error) {
    // A call that main does not know is shown as such in the history.
    if (error instanceof CommandFailed) return false;
    throw error;
  }
}
