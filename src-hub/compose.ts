// Builds every object of the hub once and passes it what it needs. Called by hub.ts; nothing else makes these objects.
// Over 400 lines: one list, in the order in which things need each other.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { ProjectId, RecordId, UserId } from '#shared/domain/ids.ts';
import { accountHandlers } from './accounts/account-handlers.ts';
import { AccountService } from './accounts/account-service.ts';
import { AccountStore } from './accounts/account-store.ts';
import { FirstAdminService } from './accounts/first-admin-service.ts';
import { argon2Hashing } from './accounts/password-hashing.ts';
import { PasswordService } from './accounts/password-service.ts';
import { RememberedDeviceStore } from './accounts/remembered-device-store.ts';
import { SecondFactorService } from './accounts/second-factor-service.ts';
import { SecondFactorStore } from './accounts/second-factor-store.ts';
import { sessionEnds } from './accounts/session-ends.ts';
import { sessionHandlers } from './accounts/session-handlers.ts';
import { SessionStore } from './accounts/session-store.ts';
import { SignInThrottle } from './accounts/sign-in-throttle.ts';
import { sipAccounts } from './accounts/sip-accounts.ts';
import { SipCredentialStore } from './accounts/sip-credential-store.ts';
import { SipCredentials } from './accounts/sip-credentials.ts';
import { UserDirectory } from './accounts/user-directory.ts';
import { beginAutomations, buildAutomations } from './automations/automations.ts';
import type { MailSettings } from './automations/mail-sender.ts';
import { BackgroundWork } from './background-work.ts';
import { buildCallMode } from './call-mode.ts';
import { createCompanyChanges } from './company-changes.ts';
import { startCompanyNews } from './company-news.ts';
import { databaseAnswers } from './database/database-check.ts';
import { erasureSecret, routeSecret } from './database/hub-secrets.ts';
import { type DatabasePlace, openHubDatabase } from './database/open-database.ts';
import { buildDirectory } from './directory/directory.ts';
import { createExchange, type Exchange } from './exchange/exchange.ts';
import type { CallRoute, SipUser } from './exchange/exchange-ports.ts';
import type { HubClock } from './hub-clock.ts';
import type { HubLog } from './hub-log.ts';
import { iceHandlers } from './ice/ice-handlers.ts';
import type { IceSettings } from './ice/turn-credentials.ts';
import { callerScripts } from './media/caller-script.ts';
import { type MediaEnds, startMediaEnds } from './media-ends.ts';
import { createHubMetrics, type HubMetrics } from './metrics/hub-metrics.ts';
import { practiceHandlers } from './practice/practice-handlers.ts';
import { practiceTimes } from './practice/practice-times.ts';
import { seedOrders } from './practice/seed-orders.ts';
import { seedPractice, seedRecords } from './practice/seed-practice.ts';
import { DeviceReports } from './presence/device-reports.ts';
import { presenceHandlers } from './presence/presence-handlers.ts';
import { PresenceService } from './presence/presence-service.ts';
import { PresenceStore } from './presence/presence-store.ts';
import { OpenProjectStore } from './projects/open-project-store.ts';
import { ProjectStore } from './projects/project-store.ts';
import { buildProjects } from './projects/projects.ts';
import { buildRecordFiles } from './records/record-files.ts';
import { recordLookupHandlers } from './records/record-lookup-handlers.ts';
import type { RecordStore } from './records/record-store.ts';
import { buildRecords } from './records/records.ts';
import type { RestServices } from './rest/rest-app.ts';
import { echoUser, queueUser, trunkUser, voicemailUser } from './routing/route-decision.ts';
import { buildRouting } from './routing/routing.ts';
import { buildSync } from './sync/sync.ts';
import { buildSystem } from './system.ts';
import { TeamStore } from './teams/team-store.ts';
import { buildUsers } from './users/users.ts';
import { MessagesInHand } from './voicemail/messages-in-hand.ts';
import { VoicemailFiles } from './voicemail/voicemail-files.ts';
import { voicemailHandlers } from './voicemail/voicemail-handlers.ts';
import { VoicemailService } from './voicemail/voicemail-service.ts';
import { VoicemailStore } from './voicemail/voicemail-store.ts';
import type { HubConnection } from './wire/hub-connection.ts';
import { acceptHubConnection, type HubHandlers } from './wire/hub-connections.ts';
import { LiveConnections } from './wire/live-connections.ts';
import { type ConnectionOrigin, sameToken } from './wire/upgrades.ts';

const databaseAnswersWithinMs = 2_000;
const lookWhetherDoneEveryMs = 100;

export interface ComposeOptions {
  readonly dataDirectory: string;
  readonly database: DatabasePlace;
  /** SIP domain and realm. */
  readonly domain: string;
  readonly practice: boolean;
  readonly log: HubLog;
  readonly clock: HubClock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly mediaAddresses: readonly string[];
  readonly ice: IceSettings;
  /** Null: no e-mail is sent. */
  readonly mail: MailSettings | null;
}

export interface ComposedHub {
  readonly metrics: HubMetrics;
  readonly firstAdmin: FirstAdminService;
  readonly rest: RestServices;
  databaseAnswers(): Promise<boolean>;
  hubConnected(ws: WebSocket, from: ConnectionOrigin): HubConnection;
  sipConnected(ws: WebSocket, from: { address: string }): void;
  /** The server is there: what connects to the hub itself may begin. @param url ws: URL without path. */
  listening(url: string): void;
  /** @param graceMs how long calls that ring and messages that are being spoken may take to end. */
  close(graceMs?: number): Promise<void>;
}

export async function composeHub(options: ComposeOptions): Promise<ComposedHub> {
  const { dataDirectory, domain, practice, log, clock } = options;
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const metrics = createHubMetrics();
  const db = await openHubDatabase(options.database, { queryEnded: metrics.queryEnded, log });
  const background = new BackgroundWork(log);
  const live = new LiveConnections();

  const stores = {
    accounts: new AccountStore(db),
    projects: new ProjectStore(db),
    openProjects: new OpenProjectStore(db),
  };
  const hashing = argon2Hashing();
  if (practice) await seedPractice(stores, hashing);

  const users = new UserDirectory(stores.accounts);
  const changes = createCompanyChanges(log);
  const system = buildSystem({ db, clock, log, changes, users, live });
  const firstAdmin = new FirstAdminService({
    accounts: stores.accounts,
    users,
    hashing,
    clock,
    settings: system.settings,
    sameCode: sameToken,
  });
  const credentials = new SipCredentials(new SipCredentialStore(db), clock);
  const sip = sipAccounts({ credentials, live, domain });
  const company = buildProjects({
    db,
    stores,
    adjust: practice ? practiceTimes(options.environment) : null,
    users,
    live,
    clock,
    changes,
    scopeOf: system.scopeOf,
    isAtWork: (userId) => presence.of(userId).status !== 'offline',
  });
  const { projects, statuses } = company;
  const forms = company.callForms;
  const begun = beginAutomations({ db, clock });
  const people = buildRecords({
    ...{ db, clock, users, projects, forms },
    erasureSecret: await erasureSecret(dataDirectory),
    numbersChanged: (db, ids) => callMode.numbersChanged(db, ids),
    erased() {
      callMode.lineMoved();
      return voicemail.removeErased();
    },
    happened: begun.happenings,
  });
  let takesCalls = false;
  const callMode = buildCallMode({
    ...{ db, clock, log, background, live, changes, users, projects, people },
    open: company.open,
    ...{ scopeOf: system.scopeOf, dataDirectory },
    holdingChanged(userId) {
      // Who held an order before this start is read in before any call can come.
      if (takesCalls) routing.userChanged(userId);
    },
    counted: (db, order, attempt) => begun.happenings.orderOutcome(db, order, attempt),
  });
  const automations = buildAutomations({
    ...{ begun, db, clock, log, background, changes, users, projects, forms, people, callMode },
    ...{ settings: system.settings, scopeOf: system.scopeOf, mail: options.mail },
  });
  const recordFiles = buildRecordFiles({
    ...{ db, clock, users, projects, forms, people, dataDirectory, changes, background, log },
    scopeOf: system.scopeOf,
  });
  const throttle = new SignInThrottle(clock);
  const codeThrottle = new SignInThrottle(clock);
  const passwords = new PasswordService({ accounts: stores.accounts, hashing, throttle });
  const secondFactors = new SecondFactorService(new SecondFactorStore(db), clock);
  const accounts = new AccountService({
    accounts: stores.accounts,
    sessions: new SessionStore(db),
    remembered: new RememberedDeviceStore(db),
    hashing,
    passwords,
    secondFactors,
    throttle,
    codeThrottle,
    clock,
  });
  const devices = new DeviceReports(clock);
  const bindingsOf = (user: SipUser): number => exchange.bindingCount(user);
  const presence = new PresenceService({
    store: new PresenceStore(db),
    clock,
    background,
    deviceIsThere: (userId) =>
      devices.isConnected(userId) || bindingsOf(users.byId(userId)?.extension ?? '') > 0,
    labelActsAs: (labelId, status) => statuses.actsAs(labelId, status),
    changed(userId, now) {
      live.tellUser(userId, 'presence.changed', now);
      directory.presenceChanged(userId);
      routing.userChanged(userId);
    },
  });
  const teams = new TeamStore(db);
  const directory = buildDirectory({
    users,
    projects,
    presence,
    devices,
    live,
    changes,
    clock,
    teams: () => teams.all(),
    liveBindings: bindingsOf,
  });
  statuses.onGone((gone) => presence.labelsGone(gone));
  let practiceNumbers: readonly string[] = [];
  const routing = buildRouting({
    db,
    clock,
    log,
    background,
    users,
    company,
    presence,
    devices,
    live,
    changes,
    outsideNumbers: () => practiceNumbers,
    exchange: () => exchange,
    devicesOf: (userId) => credentials.devicesOf(userId),
    keepsFromCalls: (userId) => callMode.dialUp.keepsFromCalls(userId),
    routingEnded: metrics.callEnded,
    endedIn: (db, sipCallId, outcome) => begun.happenings.callOver(db, sipCallId, outcome),
    offerEnded: metrics.offerEnded,
  });
  const voicemailDirectory = join(dataDirectory, 'voicemail');
  const files = new VoicemailFiles(voicemailDirectory);
  const voicemail = new VoicemailService({
    store: new VoicemailStore(db, people.erasedPeople),
    files,
    inHand: new MessagesInHand(voicemailDirectory, log),
    users,
    projects,
    log,
    changed(audience) {
      for (const user of audience.filter(({ userId }) => live.ofUser(userId).length > 0)) {
        const told = voicemail
          .list(user)
          .then((all) => live.tellUser(user.userId, 'voicemails.changed', all));
        background.run('telling the messages', told);
      }
    },
  });
  await Promise.all([users.load(), company.load(), begun.book.load()]);
  const sync = await buildSync({
    db,
    place: options.database,
    records: people.records,
    outcomes: callMode.dialUp.outcomes,
    users,
    open: company.open,
    live,
    log,
  });
  await Promise.all([
    credentials.load(),
    presence.load(users.all().map(({ userId }) => userId)),
    files.prepare(),
    routing.load(),
  ]);
  await callMode.load();
  await voicemail.rescue();
  await voicemail.removeErased();

  if (practice) {
    await seedRecords(people.store, people.records, company.callForms, clock.nowMs());
    const known = new Set((await people.store.all()).map(({ id }) => id));
    const thereIs = {
      project: (id: ProjectId) => projects.findAsSet(id) !== null,
      record: (id: RecordId) => known.has(id),
    };
    await seedOrders(callMode, thereIs, clock.nowMs());
    practiceNumbers = await samplePeoplesNumbers(people.store);
  }
  await recordFiles.imports.load();
  await automations.load();
  let stopping = false;
  const exchange: Exchange = createExchange({
    domain,
    router: { route: (request, call) => (stopping ? closingRoute : routing.router.route(request, call)) },
    accounts: credentials,
    events: {
      ...routing.events,
      bindingsChanged(user, count) {
        directory.bindingsChanged(user);
        routing.events.bindingsChanged(user, count);
      },
    },
    log,
    trunkUser,
    internalUsers: [voicemailUser, echoUser, queueUser],
    routeSecret: await routeSecret(dataDirectory),
  });
  takesCalls = true;

  metrics.watch(() => {
    const { connections, bindings, calls, dialogs } = exchange.load();
    const { all, signedIn } = live.count();
    return {
      hubConnections: all,
      signedIn,
      sipConnections: connections,
      registrations: bindings,
      ringingCalls: calls - routing.waitingCalls(),
      waitingCalls: routing.waitingCalls(),
      dialogs,
    };
  });

  let media: MediaEnds | null = null;
  const deviceSignedOut = async (userId: UserId, deviceId: string) => {
    devices.forget(userId, deviceId);
    await credentials.forget(userId, deviceId);
    const extension = users.byId(userId)?.extension;
    if (extension) exchange.revoke(extension, `urn:uuid:${deviceId}`);
    const isLastDevice = !devices.isConnected(userId);
    if (isLastDevice && presence.of(userId).status !== 'offline') await presence.set(userId, 'offline', null);
  };
  const endSessions = sessionEnds({ accounts, live, deviceSignedOut });
  const { settings, scopeOf } = system;
  const administered = buildUsers({
    ...{
      db,
      domain,
      directory: users,
      hashing,
      credentials,
      sip,
      exchange,
      live,
      changes,
      clock,
      settings,
      scopeOf,
    },
    deviceSignedOut,
    becomeOffline: (userId) => presence.set(userId, 'offline', null),
  });
  const supervise = system.supervise({ presence, devices, endSessions });
  const handlers: HubHandlers = system.guarded({
    ...system.handlers(supervise),
    ...sessionHandlers({
      accounts,
      live,
      sip,
      workFor: (connection) => company.work.toldAnew(connection),
      deviceCame: (userId, deviceId) => devices.connected(userId, deviceId),
      deviceCameBack: (userId, deviceId) => devices.cameBack(userId, deviceId),
      deviceWent: (userId, deviceId) => devices.disconnected(userId, deviceId),
      deviceSignedOut,
    }),
    ...accountHandlers({ passwords, secondFactors, codeThrottle, endSessions, log }),
    ...iceHandlers(options.ice, () => clock.nowMs()),
    ...presenceHandlers({ presence, devices }),
    ...directory.handlers,
    ...company.handlers,
    ...administered.handlers,
    ...routing.handlers,
    ...sync.handlers,
    ...callMode.handlers,
    ...automations.handlers,
    ...recordFiles.handlers,
    ...recordLookupHandlers(people.lookup(sync.seesOf)),
    ...voicemailHandlers(voicemail),
    ...practiceHandlers({ practice, log, scriptedCallers: () => media?.scriptedCallers() ?? null }),
  });

  const news = await startCompanyNews({
    ...{ db, place: options.database, changes, background, log },
    reload: {
      users: () => administered.changedElsewhere(),
      projects: () => company.load(),
      dispositions: () => projects.load(),
      callForms: () => forms.load(),
      statuses: () => statuses.changedElsewhere(),
      orderStatuses: () => callMode.statuses.load(),
      dialUp: () => callMode.settings.load(),
      automations: () => begun.book.load(),
    },
  });

  return {
    metrics,
    firstAdmin,
    rest: {
      ...system.rest,
      records: { ...people, ...recordFiles, clock },
      orders: { ...callMode.rest, recordStore: people.store },
      users: administered.users,
      devices: administered.devices,
      supervise,
      teams: administered.teams,
      projects: company.changes,
    },
    databaseAnswers: () => databaseAnswers(db, databaseAnswersWithinMs),
    hubConnected(ws, from) {
      return acceptHubConnection(
        {
          handlers,
          live,
          log,
          gone(connection) {
            const { signedIn } = connection;
            directory.gone(connection);
            if (signedIn) devices.disconnected(signedIn.user.userId, signedIn.session.deviceId);
          },
        },
        ws,
        from,
      );
    },
    sipConnected: (ws, from) => exchange.handleConnection(ws, from),
    listening(hubUrl) {
      media = startMediaEnds({
        credentials,
        domain,
        webSocketUrl: `${hubUrl}/sip`,
        mediaAddresses: options.mediaAddresses,
        practice,
        environment: options.environment,
        messages: voicemail,
        log,
      });
    },
    async close(graceMs = 0) {
      stopping = true;
      live.tellAll('hub.stopping', null);
      const untilMs = Date.now() + graceMs;
      const busy = () => exchange.load().calls > 0 || (media?.callCount() ?? 0) > 0;
      while (Date.now() < untilMs && busy()) await setTimeout(lookWhetherDoneEveryMs);
      await media?.close();
      exchange.close();
      live.closeAll();
      presence.close();
      routing.close();
      await sync.close();
      await news.close();
      await automations.close();
      await callMode.close();
      directory.close();
      recordFiles.imports.close();
      await background.settled();
      await db.destroy();
    },
  };
}

/** Said to a caller while the hub stops: their own end tries again, or tells them. */
const closingRoute: CallRoute = {
  next: () => ({ kind: 'refuse', status: 503, reason: 'The hub is restarting' }),
};

/** Everyone whose number is shown in practice mode can be called back there. */
async function samplePeoplesNumbers(records: RecordStore): Promise<string[]> {
  const known = (await records.all()).flatMap(({ numbers }) => numbers);
  const callers = Object.values(callerScripts).flatMap((scripts) =>
    scripts.flatMap(({ callerNumber }) => callerNumber ?? []),
  );
  return [...new Set([...known, ...callers])];
}
