// A hub, started: its objects composed, its server listening. Called by practice-hub.ts, server.ts and tests; the same
// code for a practice hub and a team's, which differ in their options only.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { MailSettings } from './automations/mail-sender.ts';
import { composeHub } from './compose.ts';
import type { DatabasePlace } from './database/open-database.ts';
import { createHubHttp } from './http/hub-http.ts';
import { type HubClock, systemClock } from './hub-clock.ts';
import type { HubLog } from './hub-log.ts';
import { type IceSettings, noIceServers } from './ice/turn-credentials.ts';
import { mediaAddressesOf } from './media-addresses.ts';
import { SettingWrong } from './setting-wrong.ts';
import { type DoorRules, isLoopbackAddress } from './wire/door-guard.ts';
import { listen, type TlsFiles } from './wire/http-listener.ts';
import { UpgradeLimit } from './wire/upgrade-limit.ts';
import { bearerOf, createUpgrades, sameToken } from './wire/upgrades.ts';
import { trustedProxies, visitorOf } from './wire/visitor.ts';

export interface HubOptions {
  /** Made where it is missing. One hub at a time. */
  readonly dataDirectory: string;
  /** Address that it listens on. */
  readonly host: string;
  /** 0 for any; where it is taken, another is used, unless `onlyThatPort`. */
  readonly preferredPort: number;
  /** Sample accounts, sample project, scripted callers; this computer only. */
  readonly practice: boolean;
  readonly log: HubLog;
  readonly clock?: HubClock;
  /** Where OFFHOOK_PRACTICE_SPEECH and OFFHOOK_PRACTICE_RECORDINGS are looked up; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** `hub.sqlite` of the data directory by default. */
  readonly database?: DatabasePlace;
  readonly onlyThatPort?: boolean;
  readonly tls?: TlsFiles | null;
  /** Addresses and networks whose X-Forwarded-* is believed. */
  readonly trustedProxies?: readonly string[];
  /** Passwords may cross a network unencrypted. */
  readonly plainAllowed?: boolean;
  /** ws: or wss: address that desktops are told for SIP; the one that each came by where it is left out. */
  readonly publicUrl?: string | null;
  /** Opens /metrics from elsewhere (`Authorization: Bearer`); from this computer it is open. */
  readonly metricsToken?: string | null;
  /** STUN and TURN servers that desktops are told; none by default. */
  readonly ice?: IceSettings;
  /** By which automations send e-mail; none where left out. */
  readonly mail?: MailSettings | null;
  /** SIP domain and realm. Once calls and devices know it, it stays. */
  readonly domain?: string;
}

export interface RunningHub {
  /** ws://127.0.0.1:PORT, wss: with TLS; its paths are /hub and /sip. */
  readonly url: string;
  readonly port: number;
  /** Opens /hub to the command line of practice mode (`Authorization: Bearer`). */
  readonly operatorToken: string;
  /** Opens /setup, once; null where there is a super admin, and in practice mode. */
  readonly setupCode: string | null;
  /** Further connections use these; open ones stay as they are. @throws where the files do not fit together. */
  renewCertificate(tls: TlsFiles): void;
  /**
   * Takes no more connections and no more calls, tells the desktops, lets what rings and what is being recorded come to
   * its end for `graceMs` (none by default), then ends connections, writes what is still to be written, closes the
   * database.
   */
  close(graceMs?: number): Promise<void>;
}

export const practiceDomain = 'practice.offhook.invalid';
export const teamDomain = 'hub.offhook.invalid';

/**
 * @throws SettingWrong where it would be reachable in an unsafe way, or a proxy is none; DatabaseTooNew, DatabaseUnusable; errors of
 * SQLite, of the certificate and of the network.
 */
export async function startHub(options: HubOptions): Promise<RunningHub> {
  const { host, log, practice, tls = null, publicUrl = null } = options;
  const clock = options.clock ?? systemClock;
  const proxies = trustedProxies(options.trustedProxies ?? []);
  const rules = doorRules(options, proxies.none);
  const operatorToken = randomBytes(32).toString('base64url');
  const composed = await composeHub({
    dataDirectory: options.dataDirectory,
    database: options.database ?? { sqlite: join(options.dataDirectory, 'hub.sqlite') },
    domain: options.domain ?? (practice ? practiceDomain : teamDomain),
    practice,
    log,
    clock,
    environment: options.environment ?? process.env,
    mediaAddresses: mediaAddressesOf(host),
    ice: options.ice ?? noIceServers,
    mail: options.mail ?? null,
  });
  const { metrics } = composed;
  let open = true;
  const limit = new UpgradeLimit(() => clock.nowMs());
  const upgrades = createUpgrades({
    log,
    rules,
    proxies,
    operatorToken: practice ? operatorToken : null,
    publicUrl,
    open: () => open,
    admits: (address) => limit.admits(address),
    refused: metrics.upgradeRefused,
    hubConnected: composed.hubConnected,
    sipConnected: composed.sipConnected,
  });
  const inner = createServer();
  inner.on('upgrade', upgrades.handleInner);
  try {
    const http = await createHubHttp({
      rules,
      proxies,
      tls,
      log,
      health: {
        ready: async () => open && (await composed.databaseAnswers()),
        metrics: metrics.text,
        metricsType: metrics.contentType,
        mayReadMetrics(request) {
          const { address, forwardedByStranger } = visitorOf(request, proxies);
          const fromHere = isLoopbackAddress(address) && !forwardedByStranger;
          return fromHere || sameToken(bearerOf(request) ?? '', options.metricsToken ?? null);
        },
      },
      rest: composed.rest,
      setup: practice
        ? null
        : {
            firstAdmin: composed.firstAdmin,
            log,
            reachedAt({ raw }) {
              const visitor = visitorOf(raw, proxies);
              return publicUrl ?? `${visitor.encrypted ? 'wss' : 'ws'}://${visitor.host ?? ''}`;
            },
          },
    });
    const { server } = http;
    server.on('upgrade', upgrades.handle);
    const setupCode = practice ? null : await composed.firstAdmin.open();
    const innerPort = await listen(inner, { host: '127.0.0.1', preferredPort: 0 }, log);
    const port = await listen(server, options, log);
    const shownHost = host.includes(':') ? `[${host}]` : host;
    const url = `${tls ? 'wss' : 'ws'}://${shownHost}:${port}`;
    // Voicemail and echo come over a listener of their own: the outer one may ask for TLS and a name.
    composed.listening(`ws://127.0.0.1:${innerPort}`);
    log.info('hub: listens', { port, practice, tls: tls !== null });
    return {
      url,
      port,
      operatorToken,
      setupCode,
      renewCertificate({ certificate, key }) {
        server.setSecureContext?.({ cert: certificate, key });
      },
      async close(graceMs = 0) {
        open = false;
        server.close();
        await composed.close(graceMs);
        await http.close();
        server.closeAllConnections();
        inner.close();
        inner.closeAllConnections();
        log.info('hub: closed', { port });
      },
    };
  } catch (error) {
    await composed.close();
    inner.close();
    throw error;
  }
}

function doorRules(options: HubOptions, noProxies: boolean): DoorRules {
  const { host, practice, tls = null, plainAllowed = false } = options;
  const here = isLoopbackAddress(host);
  // Sample accounts have known passwords, and their /hub has no TLS: neither may be reached from elsewhere.
  if (practice && !here)
    throw new SettingWrong(`A practice hub listens on this computer only, not on ${host}`);
  if (!here && !tls && noProxies && !plainAllowed) {
    throw new SettingWrong(
      `Without TLS, passwords would cross the network in the clear: the hub does not listen on ${host} so. ` +
        'Give it a certificate, name the proxy that encrypts, or allow plain connections knowingly.',
    );
  }
  return { thisComputerOnly: practice, loopbackHost: here && !tls && noProxies, plainAllowed };
}
