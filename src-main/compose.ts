// Builds every object once and passes it what it needs; the only place that knows them all. Called by main.ts.
// Over 400 lines: one stretch for each part of the desktop, in the order in which they need each other.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { SettingsView } from '#shared/desktop/settings-contract.ts';
import { usualCallForm } from '#shared/domain/call-form.ts';
import { attemptId, type CallId } from '#shared/domain/ids.ts';
import type { AudioSettings } from '#shared/media/media-contract.ts';
import { announceChanges } from './announce.ts';
import type { Agent, CallForms, OfferReporter } from './calls/call-desk-ports.ts';
import { announceCalls, callHandlers } from './calls/call-handlers.ts';
import { createCalls } from './calls/calls.ts';
import { createCallsFirst } from './calls/calls-first.ts';
import { systemClock } from './calls/clock.ts';
import { newCallId } from './calls/new-call.ts';
import { openOrRescue } from './database/open.ts';
import { createDesktopWire } from './desktop-wire/desktop-wire.ts';
import type { IpcPorts } from './desktop-wire/ipc-ports.ts';
import { DialUpDesk } from './dial-up/dial-up-desk.ts';
import { dialUpHandlers } from './dial-up/dial-up-handlers.ts';
import { openDialUpStore } from './dial-up/dial-up-store.ts';
import { followWork } from './dial-up/follow-work.ts';
import { createDirectory } from './directory/caller-directory.ts';
import { openCompanyStore, primaryProject } from './directory/company-store.ts';
import { announcePeople, peopleHandlers } from './directory/people-handlers.ts';
import { createPeopleService } from './directory/people-service.ts';
import { openPeopleStore } from './directory/people-store.ts';
import { createHistory } from './history/history.ts';
import { announceHistory, historyHandlers } from './history/history-handlers.ts';
import { hubAddressHandlers } from './hub-link/hub-address-handlers.ts';
import { createHubAddressService } from './hub-link/hub-address-service.ts';
import { createHubLink } from './hub-link/hub-link.ts';
import { watchNetwork } from './hub-link/network-watch.ts';
import { probeHub } from './hub-link/probe-hub.ts';
import type { Log } from './log.ts';
import { createHubLookup } from './records/hub-lookup.ts';
import { RecordChanges } from './records/record-changes.ts';
import { createRecords, openRecordStores } from './records/records.ts';
import { announceRecords, recordsHandlers } from './records/records-handlers.ts';
import { numberFormat, recordsOfCalls } from './records/records-of-calls.ts';
import { searchHandlers } from './records/search-handlers.ts';
import { createSecretStore, type SafeStorage } from './security/secret-store.ts';
import { trustSystemCertificates } from './security/system-certificates.ts';
import { accountHandlers } from './session/account-handlers.ts';
import { adminHandlers, announceAdmin, mayAdminister, refuseClerks } from './session/admin-handlers.ts';
import { createIceServers } from './session/ice-servers.ts';
import { createPhoneService } from './session/phone-service.ts';
import { createPresenceService } from './session/presence-service.ts';
import { quittingByHand } from './session/quitting.ts';
import { createRememberedSignIn } from './session/remembered-sign-in.ts';
import { sessionHandlers } from './session/session-handlers.ts';
import { createSessionService } from './session/session-service.ts';
import { keepSessionFresh } from './session/working-session.ts';
import { openSettingsFile } from './settings/settings-file.ts';
import { settingsHandlers } from './settings/settings-handlers.ts';
import { createSettingsService } from './settings/settings-service.ts';
import { stateOf } from './sync/overlay.ts';
import { atWorkOf, createSync, createSyncOutbox, followSession, hubOver, showUnsent } from './sync/sync.ts';
import { announceSync, syncHandlers } from './sync/sync-handlers.ts';
import { createAudioDevices } from './telephony/audio-devices.ts';
import { createMediaLink } from './telephony/media-link.ts';
import { createSipPhone } from './telephony/sip-phone.ts';
import { createVoicemails } from './voicemail/voicemails.ts';
import { setAppMenu } from './windows/app-menu.ts';
import { createAppWindows } from './windows/app-windows.ts';
import { showCallsInWindows } from './windows/calls-in-windows.ts';
import { followTheme, watchPower } from './windows/computer.ts';
import { keepPhoneWindow } from './windows/phone-window.ts';
import { runPracticeHub } from './windows/practice-hub-process.ts';
import { askBeforeQuitting } from './windows/quit-question.ts';
import { tellRescued } from './windows/rescue-notice.ts';
import { saveFile } from './windows/save-file.ts';
import type { SignInWindow } from './windows/sign-in-window.ts';
import { createTray } from './windows/tray.ts';
import { windowsHandlers } from './windows/windows-handlers.ts';
import { wordsIn } from './windows/words.ts';

export interface Composed {
  /** Shows the first window; all else begins when it has been painted. */
  start(): void;
  /** Brings the agent window, or the sign-in, to the front. */
  raise(): void;
  fillDialField(target: string): void;
  /** As "Quit" in the tray: asks first where somebody is still Available (CALL-21). */
  quitByHand(): void;
  /** Unregisters, closes the links and the database. Resolves when the process may end. */
  stop(): Promise<void>;
}

export interface ComposeOptions {
  readonly outFolder: string;
  readonly userDataFolder: string;
  readonly downloadsFolder: string;
  readonly systemLocale: string;
  readonly safeStorage: SafeStorage;
  readonly ports: IpcPorts;
  /** Opened already, and loading. */
  readonly firstSignIn: SignInWindow;
  /** OFFHOOK_HUB_URL; null leaves it to the settings. */
  readonly hubUrlOverride: string | null;
  readonly log: Log;
  quit(): void;
}

/** Where no project says otherwise, national numbers are read as British: the practice project's are. */
const fallbackCountry: CountryCode = 'GB';

function audioSettingsOf(view: SettingsView): AudioSettings {
  const { microphoneId, speakerId, ringerId, echoCancellation, noiseSuppression, autoGainControl } = view;
  return { microphoneId, speakerId, ringerId, echoCancellation, noiseSuppression, autoGainControl };
}

/** @throws DatabaseTooNew; errors of the file system */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { outFolder, userDataFolder, ports, log } = options;
  const settings = createSettingsService(openSettingsFile(log), options.systemLocale, randomUUID);
  const words = () => wordsIn(settings.view().language);

  const file = path.join(userDataFolder, 'offhook.sqlite');
  const { database, rescued } = await openOrRescue(file, systemClock.nowMs());
  if (rescued) {
    log.error('database: it was damaged and is set aside', { calls: rescued.calls, unsent: rescued.unsent });
    tellRescued(rescued, words());
  }
  const company = openCompanyStore(database);
  const country = () => {
    const number = company.projects()[0]?.numbers[0];
    return (number ? parsePhoneNumberFromString(number)?.country : undefined) ?? fallbackCountry;
  };
  const recordStores = openRecordStores(database, country);
  const recordChanges = new RecordChanges(systemClock, log);
  const hub = createHubLink(log);
  const lookup = createHubLookup({ hub, country, log });
  const directory = createDirectory(recordStores.records, lookup, country);

  const iceServers = createIceServers(hub, log);
  const mediaLink = createMediaLink({ log });
  const sipPhone = createSipPhone({
    link: mediaLink,
    log,
    dtmfTransport: () => settings.view().dtmfTransport,
    // Read anew for each call.
    get iceServers() {
      return iceServers.servers();
    },
    get relayOnly() {
      return iceServers.relayOnly();
    },
  });
  const devices = createAudioDevices({ link: mediaLink, log });
  devices.apply(audioSettingsOf(settings.view()));
  settings.onChanged((view) => devices.apply(audioSettingsOf(view)));

  const microphoneReady = () => devices.view.microphone === 'ready';
  const presence = createPresenceService(hub, microphoneReady, log);
  const phone = createPhoneService(sipPhone, settings);
  const voicemails = createVoicemails(hub, directory);
  const secrets = createSecretStore(options.safeStorage, userDataFolder, log);
  const rememberedAs = () => `device token of ${hubAddress.view().address ?? 'the practice hub'}`;
  const session = createSessionService({
    hub,
    deviceId: settings.local().deviceId,
    remembered: createRememberedSignIn(secrets, rememberedAs, ({ user, practice }) => {
      const last = outbox.store.lastAtWork();
      return last?.userId === user.userId && (last.hub === 'practice') === practice;
    }),
    keepWork: (work) => company.keep(work.projects, work.dispositions, work.callForms),
    usernameChanged(before, after) {
      // The sign-in would go on showing a name that nobody has.
      if (settings.view().username.toLowerCase() === before) settings.change({ username: after });
    },
    startPhone: phone.signedIn,
    renewPhone: phone.renewed,
    stopPhone: phone.signedOut,
    log,
  });
  const hubAddress = createHubAddressService({
    hub,
    settings,
    override: options.hubUrlOverride,
    probe: (url) => probeHub(url, log),
    trustSystem: () => trustSystemCertificates(log),
    startPracticeHub: (onListening) =>
      runPracticeHub({ outFolder, dataFolder: path.join(userDataFolder, 'practice-hub'), onListening, log }),
    signedIn: () => session.view().state === 'signedIn',
  });
  const agent: Agent = {
    current() {
      const view = session.view();
      return view.state === 'signedIn' ? view.user : null;
    },
  };
  const reporter: OfferReporter = {
    ignoreOffer(sipCallId) {
      hub.call('offers.ignore', { sipCallId }).catch((error: unknown) => {
        // Silent here all the same; the agent's other devices ring on.
        log.warn('offers: ignore not told to the hub', { error });
      });
    },
    reportActivity: presence.report,
  };
  const people = createPeopleService({
    store: openPeopleStore(database),
    hub,
    directory,
    clock: systemClock,
    random: Math.random,
    me() {
      const view = session.view();
      return view.state === 'signedIn' ? { ...view.user, mayCallOutside: view.mayCallOutside } : null;
    },
    log,
  });
  session.onUserChanged(people.userChanged);
  const outbox = createSyncOutbox(database, recordStores, systemClock, () => atWorkOf(session.view()));
  if (rescued) showUnsent(outbox, recordStores);
  const callsFirst = createCallsFirst(systemClock);
  const sync = createSync({
    database,
    stores: recordStores,
    outbox,
    hub: hubOver(hub),
    callsFirst,
    clock: systemClock,
    random: Math.random,
    country,
    recordsChanged: (ids) => recordChanges.tell(ids),
    erased(recordIds) {
      calls.desk.forgetErased(recordIds);
      dialUp.forgetErased(recordIds);
    },
    log,
  });
  const callForms: CallForms = {
    of: (projectId) => (projectId === null ? usualCallForm : company.callForm(projectId)),
    all: company.callForms,
    onChanged: company.dispositionList.onChanged,
  };
  const calls = createCalls({
    database,
    telephony: sipPhone,
    clock: systemClock,
    hub: reporter,
    directory,
    colleagues: people,
    projects: { find: company.findProject, default: () => primaryProject(session.view(), company) },
    dispositions: company.dispositionList,
    callForms,
    records: recordsOfCalls({
      store: recordStores.records,
      outbox,
      lookup,
      clock: systemClock,
      country,
      changes: recordChanges,
    }),
    numbers: numberFormat(country),
    microphone: { ready: microphoneReady },
    phone: {
      on: () => settings.local().phoneOn,
      registered: () => sipPhone.registration().state === 'online',
    },
    agent,
    log,
    newCallId,
  });
  calls.desk.entered.on((phase) => {
    callsFirst.entered(phase);
    sync.service.callEntered();
  });
  hub.on('offers.silenced', ({ sipCallId }) => calls.desk.offerSilenced(sipCallId));
  session.onUserChanged(lookup.forget);
  calls.desk.offered.on(({ remote, form }) => {
    if (remote.number !== null && remote.recordId === null && !form.internal) lookup.ask(remote.number);
  });
  lookup.found.on(() => calls.desk.identifyAnew());
  hub.on('wrapUp.ended', () => calls.desk.endWrapUp());
  const dialUp = new DialUpDesk({
    store: openDialUpStore(database),
    outbox,
    hub: { online: () => hub.view().state === 'online', call: hub.call },
    desk: calls.desk,
    ofOrders: calls.ofOrders,
    numbers: numberFormat(country),
    records: recordStores.records,
    clock: systemClock,
    whose: () => atWorkOf(session.view()),
    available: () => presence.view().status === 'available',
    newAttemptId: () => attemptId.parse(randomUUID()),
    log,
  });
  sync.service.onChanged(() => dialUp.outboxChanged());
  recordChanges.news.on((changed) => dialUp.recordsChanged(changed));
  hub.on('dial.changed', () => dialUp.lookAgain());
  hub.on('dial.orderChanged', ({ leaseId, mayDial }) => dialUp.permissionChanged(leaseId, mayDial));
  const history = createHistory({
    database,
    calls,
    clock: systemClock,
    directory,
    dispositions: company.dispositionList,
    voicemails,
    agent,
    log,
    newCallId,
  });
  const records = createRecords({
    database,
    stores: recordStores,
    changes: recordChanges,
    lookup,
    outbox: {
      add: outbox.add,
      callState: (callId) => stateOf(outbox.store.ofCall(callId)),
    },
    names: {
      ofUser: people.nameOf,
      ofProject: (projectId) => company.findProject(projectId)?.name ?? null,
    },
    agent,
    country,
    clock: systemClock,
    people,
    history,
    log,
  });
  followSession(sync.service, session, hub);
  keepSessionFresh({
    session,
    hub,
    presence,
    voicemails,
    iceServers,
    keepMissedOffers: (offers) => history.keepMissedOffers(offers),
    log,
  });

  const stillAvailable = () => session.view().state === 'signedIn' && presence.view().status === 'available';
  const windows = createAppWindows({
    outFolder,
    ports,
    settings,
    firstSignIn: options.firstSignIn,
    attach: (port, window) => wire.attach(port, { window }),
    keepsRunningWhenClosed: () => session.view().state === 'signedIn' && settings.local().phoneOn,
    asksWhenClosed: stillAvailable,
    quitByHand: () => quit(),
    words,
    log,
  });
  const askAndQuit = quittingByHand({
    stillAvailable,
    otherDevices: () => hub.call('account.otherDevices', null),
    setOffline: () => presence.set({ status: 'offline', labelId: null, untilMs: null, knowingly: true }),
    ask: (question) => askBeforeQuitting(question, words()),
    quit: options.quit,
    log,
  });
  const quit = () => void askAndQuit();
  const openCall = (opened: CallId) => wire.tell('window.openCall', { callId: opened }, 'agent');
  const served = { history, dispositions: company.dispositionList, voicemails };
  const wire = createDesktopWire(
    {
      ...sessionHandlers({ session, presence, phone, hub }),
      ...accountHandlers(hub, session),
      ...adminHandlers(hub, session.view),
      ...hubAddressHandlers(hubAddress),
      ...callHandlers({ ...calls, callForms }, (undone, window) => {
        if (window === 'callBox') windows.raise();
        openCall(undone);
      }),
      ...dialUpHandlers(dialUp),
      ...historyHandlers(served),
      ...peopleHandlers(people),
      ...recordsHandlers(records.service),
      ...syncHandlers(sync.service, sync.people),
      ...searchHandlers(records.search),
      ...settingsHandlers({ settings, devices, hub, session }),
      ...windowsHandlers({
        windows,
        openCall,
        showRecord: (recordId) => wire.tell('window.showRecord', { recordId }, 'agent'),
        refuseClerks: () => refuseClerks(session.view()),
        saveFile: (name, text) => saveFile(options.downloadsFolder, name, text),
      }),
    },
    log,
  );
  announceChanges(wire, { session, presence, phone, hub, hubAddress, settings, devices });
  announceCalls({ ...calls, callForms }, wire.tell);
  dialUp.changed.on((view) => wire.tell('dialUp.changed', view));
  announceHistory(served, wire.tell);
  announcePeople(people, wire.tell);
  announceRecords(recordChanges, wire.tell);
  announceSync(sync.service, wire.tell);
  announceAdmin(hub, wire.tell);
  const stopShowing = showCallsInWindows({
    desk: calls.desk,
    finishing: calls.finishing,
    history,
    windows,
    words,
    log,
  });
  session.onUserChanged((user) => {
    if (user && settings.local().microphoneAllowed) {
      devices
        .openMicrophone()
        .catch((error: unknown) => log.warn('microphone: opened when the phone window is there', { error }));
    }
  });
  session.onUserChanged((user) => (user ? windows.showAgent() : windows.showSignIn()));
  session.onChanged((view) => {
    if (!mayAdminister(view)) windows.endAdmin();
  });
  followWork({ session, hub, presence, dialUp });
  // After the agent window: a wrap-up that a crash cut short opens the call box.
  session.onUserChanged(() => calls.desk.agentChanged());

  const ends: (() => void | Promise<void>)[] = [];
  let stopped = false;
  /** What nobody looks at: it would take its time from the page that somebody waits for. */
  const startBehindWindow = () => {
    if (stopped) return;
    hubAddress.start();
    ends.push(hubAddress.stop);
    ends.unshift(
      keepPhoneWindow({
        outFolder,
        ports,
        attach: mediaLink.attach,
        detach: mediaLink.detach,
        onStuck: mediaLink.onStuck,
        log,
      }),
      mediaLink.close,
    );
    const networkChanged = () => {
      hub.retryNow();
      sipPhone.networkChanged();
    };
    ends.push(watchNetwork({ changed: networkChanged }));
    // Hub and exchange are mostly one server: who is back first says that the other may be tried.
    hub.onChanged(({ state }) => {
      if (state === 'online' && sipPhone.registration().state === 'offline') sipPhone.reconnectNow();
    });
    phone.onChanged(({ registration }) => {
      if (registration.state === 'online' && hub.view().state === 'offline') hub.retryNow();
    });
    watchPower(
      () => presence.reportAsleep(true),
      () => {
        presence.reportAsleep(false);
        networkChanged();
      },
    );
    const tray = createTray({
      iconFolder: path.join(outFolder, 'main', 'icons'),
      words,
      open: windows.raise,
      showCallBox: () => windows.showCallBox(true),
      quit,
    });
    const nameMenu = () => setAppMenu(words(), quit);
    nameMenu();
    settings.onChanged(nameMenu);
    const update = () => tray.update(presence.view(), phone.view(), session.view().state === 'signedIn');
    update();
    presence.onChanged(update);
    phone.onChanged(update);
    session.onChanged(update);
    settings.onChanged(update);
    ends.push(tray.destroy);
  };
  return {
    start() {
      followTheme(settings);
      windows.showSignIn();
      void windows.firstPainted.then(startBehindWindow);
    },
    raise: windows.raise,
    quitByHand: quit,
    fillDialField: (target) => wire.tell('window.fillDialField', { target }, 'agent'),
    async stop() {
      stopped = true;
      windows.allowClosing();
      stopShowing();
      await sipPhone.stop();
      hub.close();
      for (const end of ends) await end();
      people.close();
      await sync.close();
      await records.close();
      dialUp.close();
      history.close();
      calls.desk.close();
      database.close();
    },
  };
}
