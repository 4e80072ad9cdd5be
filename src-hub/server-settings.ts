// What an operator may set of a team's hub: by option, or by the variable beside it, which serves containers and
// systemd better. Read once by server.ts; what is wrong is said in words.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { MailSettings } from './automations/mail-sender.ts';
import type { DatabasePlace } from './database/open-database.ts';
import type { HubOptions } from './hub.ts';
import type { IceSettings } from './ice/turn-credentials.ts';
import { SettingWrong } from './setting-wrong.ts';
import type { TlsFiles } from './wire/http-listener.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ServerSettings {
  readonly hub: Omit<HubOptions, 'log'>;
  /** How long a stop waits for what rings and what is being recorded. */
  readonly graceMs: number;
  /** Reads the certificate files anew; null without TLS. */
  readonly readTls: (() => TlsFiles) | null;
}

interface Setting {
  readonly variable: string;
  readonly meaning: string;
}

const settings = {
  'data-directory': {
    variable: 'OFFHOOK_HUB_DATA',
    meaning: 'where database, messages and secrets are kept (made where missing)',
  },
  host: { variable: 'OFFHOOK_HUB_HOST', meaning: 'address to listen on; 127.0.0.1 by default' },
  port: { variable: 'OFFHOOK_HUB_PORT', meaning: 'port to listen on; 8470 by default' },
  'tls-certificate': { variable: 'OFFHOOK_HUB_TLS_CERTIFICATE', meaning: 'PEM file: certificate and chain' },
  'tls-key': { variable: 'OFFHOOK_HUB_TLS_KEY', meaning: 'PEM file: its key' },
  'trusted-proxies': {
    variable: 'OFFHOOK_HUB_TRUSTED_PROXIES',
    meaning: 'addresses, networks or the word loopback, parted by commas: their X-Forwarded-* is believed',
  },
  'public-url': {
    variable: 'OFFHOOK_HUB_PUBLIC_URL',
    meaning: 'wss:// address that desktops are told; the one that each came by where left out',
  },
  'sip-domain': {
    variable: 'OFFHOOK_HUB_SIP_DOMAIN',
    meaning: 'domain and realm of SIP; hub.offhook.invalid by default. Do not change it later',
  },
  'stun-urls': {
    variable: 'OFFHOOK_HUB_STUN_URLS',
    meaning: 'stun: addresses that desktops are told, parted by commas',
  },
  'turn-urls': {
    variable: 'OFFHOOK_HUB_TURN_URLS',
    meaning: 'turn: and turns: addresses of a coturn with use-auth-secret, parted by commas',
  },
  'relay-only': {
    variable: 'OFFHOOK_HUB_RELAY_ONLY',
    meaning: 'yes: sound goes through the TURN servers and no other way',
  },
  'stop-within': {
    variable: 'OFFHOOK_HUB_STOP_WITHIN',
    meaning: 'seconds that a stop waits for ringing calls and messages being recorded; 10 by default',
  },
  'allow-plain': {
    variable: 'OFFHOOK_HUB_ALLOW_PLAIN',
    meaning: 'yes: passwords may cross the network unencrypted. Laboratories only',
  },
} as const satisfies Record<string, Setting>;

type Name = keyof typeof settings;

/** Secrets stand in variables only: a command line is seen by everybody on the computer. */
const variablesOnly: readonly Setting[] = [
  {
    variable: 'DATABASE_URL',
    meaning: 'postgresql://user:password@host/database; SQLite in the data directory where left out',
  },
  {
    variable: 'OFFHOOK_HUB_TURN_SECRET',
    meaning: 'coturn’s static-auth-secret; needed with --turn-urls',
  },
  {
    variable: 'OFFHOOK_SMTP_URL',
    meaning: 'smtp: or smtps: address, with user and password, over which automations send e-mail',
  },
  {
    variable: 'OFFHOOK_MAIL_FROM',
    meaning: 'who sends it, such as Northwind <no-reply@northwind.example>; needed with OFFHOOK_SMTP_URL',
  },
  {
    variable: 'OFFHOOK_HUB_METRICS_TOKEN',
    meaning: 'opens /metrics to other computers (Authorization: Bearer); from this one it is open',
  },
];

export const usage = `npm run hub -- [options]

${Object.entries(settings)
  .map(([name, { variable, meaning }]) => `  --${name}=…\n      ${meaning}\n      (or ${variable})`)
  .join('\n')}
${variablesOnly.map(({ variable, meaning }) => `  ${variable}\n      ${meaning}`).join('\n')}
`;

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = z.coerce.number().min(0).max(3_600);
const domainName = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i);
const webSocketUrl = z.url({ protocol: /^wss?$/ });
const yesOrNo = z.enum(['yes', 'no', '']);

/**
 * @returns null where only the usage was asked for.
 * @throws SettingWrong
 */
export function readServerSettings(args: readonly string[], environment: Environment): ServerSettings | null {
  const given = optionsOf(args);
  if (given.help) return null;
  const textOf = (name: Name) => given.values[name] ?? environment[settings[name].variable] ?? '';
  const read = <T>(name: Name, schema: z.ZodType<T>, fallback: T): T => {
    const text = textOf(name);
    if (text === '') return fallback;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new SettingWrong(
      `--${name} (or ${settings[name].variable}) is "${text}". It takes: ${settings[name].meaning}.`,
    );
  };
  const certificateFile = textOf('tls-certificate');
  const keyFile = textOf('tls-key');
  if ((certificateFile === '') !== (keyFile === '')) {
    throw new SettingWrong('TLS needs both --tls-certificate and --tls-key.');
  }
  const readTls =
    certificateFile === ''
      ? null
      : () => ({
          certificate: readPem('--tls-certificate', certificateFile),
          key: readPem('--tls-key', keyFile),
        });
  const dataDirectory = textOf('data-directory') || usualDataDirectory(environment);
  const publicUrl = read<string | null>('public-url', webSocketUrl, null);
  return {
    hub: {
      dataDirectory,
      database: databaseOf(environment, dataDirectory),
      host: textOf('host') || '127.0.0.1',
      preferredPort: read('port', port, 8470),
      onlyThatPort: true,
      practice: false,
      environment,
      tls: readTls?.() ?? null,
      trustedProxies: listIn(textOf('trusted-proxies')),
      ice: iceOf(
        read('stun-urls', urlList(/^stuns?:\S+$/), []),
        read('turn-urls', urlList(/^turns?:\S+$/), []),
        read('relay-only', yesOrNo, 'no') === 'yes',
        environment,
      ),
      mail: mailOf(environment),
      plainAllowed: read('allow-plain', yesOrNo, 'no') === 'yes',
      publicUrl: publicUrl?.replace(/\/+$/, '') ?? null,
      metricsToken: environment.OFFHOOK_HUB_METRICS_TOKEN || null,
      ...(textOf('sip-domain') === '' ? {} : { domain: read('sip-domain', domainName, '') }),
    },
    graceMs: read('stop-within', seconds, 10) * 1_000,
    readTls,
  };
}

function listIn(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function urlList(pattern: RegExp): z.ZodType<string[]> {
  return z
    .string()
    .transform(listIn)
    .pipe(z.array(z.string().regex(pattern)));
}

function iceOf(
  stunUrls: string[],
  turnUrls: string[],
  relayOnly: boolean,
  environment: Environment,
): IceSettings {
  const turnSecret = environment.OFFHOOK_HUB_TURN_SECRET || null;
  if (turnUrls.length > 0 && turnSecret === null) {
    throw new SettingWrong('--turn-urls needs coturn’s static-auth-secret in OFFHOOK_HUB_TURN_SECRET.');
  }
  if (relayOnly && turnUrls.length === 0) {
    throw new SettingWrong('--relay-only needs --turn-urls: without a relay nobody would hear anybody.');
  }
  return { stunUrls, turnUrls, turnSecret, relayOnly };
}

function mailOf({ OFFHOOK_SMTP_URL, OFFHOOK_MAIL_FROM }: Environment): MailSettings | null {
  if (!OFFHOOK_SMTP_URL) return null;
  if (!z.url({ protocol: /^smtps?$/ }).safeParse(OFFHOOK_SMTP_URL).success) {
    // It may hold a password: it is not told again.
    throw new SettingWrong('OFFHOOK_SMTP_URL takes smtp://user:password@host:port, or smtps://….');
  }
  if (!OFFHOOK_MAIL_FROM || !/[^\s@<>]+@[^\s@<>]+/.test(OFFHOOK_MAIL_FROM)) {
    throw new SettingWrong(
      'OFFHOOK_SMTP_URL needs OFFHOOK_MAIL_FROM: the address from which e-mail is sent.',
    );
  }
  return { smtpUrl: OFFHOOK_SMTP_URL, from: OFFHOOK_MAIL_FROM };
}

function optionsOf(args: readonly string[]): { help: boolean; values: Partial<Record<Name, string>> } {
  const names = Object.keys(settings) as Name[];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean' } } });
    const { help = false, ...texts } = values as { help?: boolean } & Partial<Record<Name, string>>;
    return { help, values: texts };
  } catch (error) {
    // The parser names what it does not know.
    throw new SettingWrong(`${(error as Error).message}\n\n${usage}`);
  }
}

function databaseOf(environment: Environment, dataDirectory: string): DatabasePlace {
  const url = environment.DATABASE_URL;
  return url ? { postgres: url } : { sqlite: join(dataDirectory, 'hub.sqlite') };
}

/** systemd's StateDirectory= comes first, then where programs of one person keep their data. */
function usualDataDirectory(environment: Environment): string {
  const ofSystemd = environment.STATE_DIRECTORY?.split(':')[0];
  if (ofSystemd) return ofSystemd;
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'offhook-hub');
}

function readPem(option: string, path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.includes('-----BEGIN ')) return text;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SettingWrong(`${option}: ${path} cannot be read (${code}).`);
  }
  throw new SettingWrong(`${option}: ${path} is no PEM file.`);
}
