// The first super admin of a new hub: made once, by whoever has the code that the console showed. Where there is a
// super admin already there is no code, and this is closed for good. No account exists before.
import { randomInt, randomUUID } from 'node:crypto';
import type { HubSettings } from '#shared/admin/system-contract.ts';
import type { UserView } from '#shared/desktop/session-contract.ts';
import { userId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { AuditedChange } from '../audit/audit-store.ts';
import type { HubClock } from '../hub-clock.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { freeExtensions } from '../users/extensions.ts';
import type { AccountStore } from './account-store.ts';
import type { PasswordHashing } from './password-hashing.ts';
import { requireGoodPassword } from './password-rules.ts';
import type { UserDirectory } from './user-directory.ts';

/** Without 0, O, 1, I and L, which look alike on a console. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const groups = 5;
const groupLength = 4;

export interface FirstAdmin {
  readonly code: string;
  readonly username: string;
  readonly password: string;
  /** The username where it is left out. */
  readonly displayName?: string | undefined;
}

export interface FirstAdminParts {
  readonly accounts: AccountStore;
  readonly users: UserDirectory;
  readonly hashing: PasswordHashing;
  readonly clock: HubClock;
  /** From where extensions are taken. */
  readonly settings: Pick<SettingsService, 'current'>;
  sameCode(given: string, expected: string): boolean;
}

export class FirstAdminService {
  readonly #parts: FirstAdminParts;
  #code: string | null = null;

  constructor(parts: FirstAdminParts) {
    this.#parts = parts;
  }

  /** @returns the code that lets the first super admin in, about 99 bits; null where there is one already. */
  async open(): Promise<string | null> {
    const accounts = await this.#parts.accounts.all();
    this.#code = accounts.some(({ accountType }) => accountType === 'superAdmin') ? null : newCode();
    return this.#code;
  }

  isOpen(): boolean {
    return this.#code !== null;
  }

  /** @throws CommandFailed 'setupDone', 'codeWrong', 'usernameInvalid', 'noExtensionLeft', and as password-rules.ts. */
  async create(wanted: FirstAdmin): Promise<UserView> {
    const { accounts, users, hashing, clock, settings } = this.#parts;
    const code = this.#code;
    if (code === null) throw setupDone();
    if (!this.#parts.sameCode(plain(wanted.code), plain(code))) {
      throw new CommandFailed('codeWrong', 'That is not the code that the hub has printed at its start.');
    }
    const username = wanted.username.trim().toLowerCase();
    if (!/^[a-z0-9][a-z0-9._@-]{1,63}$/.test(username)) {
      throw new CommandFailed(
        'usernameInvalid',
        'A username has 2 to 64 letters a to z, digits, dots, hyphens, underlines or @, and begins with a letter or digit.',
      );
    }
    await requireGoodPassword(wanted.password, [username, wanted.displayName ?? '']);
    // Its words are loaded the first time: somebody else may have been quicker.
    if (this.#code === null) throw setupDone();
    // Dead from here on: of two who come with the code at the same moment, one is too late.
    this.#code = null;
    try {
      const user: UserView = {
        userId: userId.parse(randomUUID()),
        username,
        displayName: wanted.displayName?.trim() || username,
        accountType: 'superAdmin',
        extension: freeExtension(await accounts.all(), await settings.current()),
      };
      const passwordHash = await hashing.hash(wanted.password);
      await accounts.add({ user, passwordHash }, { change: madeAtConsole(user), atMs: clock.nowMs() });
      await users.load();
      return user;
    } catch (error) {
      // Nobody was made: the code is good for another try.
      this.#code = code;
      throw error;
    }
  }
}

/** The first entry of the audit log: whoever has the console's code is nobody yet. */
function madeAtConsole({ userId: id, username, displayName: name, accountType }: UserView): AuditedChange {
  const actor = { kind: 'console', id: 'setup', name: '' } as const;
  const after = { username, accountType };
  return { actor, action: 'user.add', subject: { kind: 'user', id, name }, before: {}, after };
}

function setupDone(): CommandFailed {
  return new CommandFailed('setupDone', 'This hub has been set up. Sign in with Offhook.');
}

function newCode(): string {
  const letters = Array.from({ length: groups * groupLength }, () => alphabet[randomInt(alphabet.length)]);
  return letters.join('').replace(/(.{4})(?!$)/g, '$1-');
}

/** As people type it: any case, with or without hyphens. */
function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

function freeExtension(users: readonly UserView[], { extensionFirst, extensionLast }: HubSettings): string {
  const taken = new Set(users.map(({ extension }) => extension));
  const free = freeExtensions({ first: extensionFirst, last: extensionLast }, taken).next();
  if (!free.done) return free.value;
  throw new CommandFailed(
    'noExtensionLeft',
    `Every extension from ${extensionFirst} to ${extensionLast} is somebody's. Nobody was made.`,
  );
}
