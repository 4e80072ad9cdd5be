// Argon2id with OWASP's parameters (Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane), a few at a time:
// each verification takes memory and a thread, and whoever tries passwords must not take the calls' share.
import { hash, verify } from '@node-rs/argon2';
import { CommandFailed } from '#shared/wire/command-failed.ts';

/** Argon2id is the package's default algorithm; its enum cannot be named under isolatedModules. */
const owaspParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const atOnce = 2;
const longestLine = 50;

export interface PasswordHashing {
  hash(password: string): Promise<string>;
  /** @throws CommandFailed 'slowDown' where too many wait already. */
  verify(passwordHash: string, password: string): Promise<boolean>;
  /** True where the hash was made with other parameters than today's. */
  isOutdated(passwordHash: string): boolean;
}

export function argon2Hashing(parameters = owaspParameters): PasswordHashing {
  const { memoryCost, timeCost, parallelism } = parameters;
  const beginning = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`;
  const line: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (line.length >= longestLine) {
        throw new CommandFailed(
          'slowDown',
          'Too many people sign in at this moment. Try again in a few seconds.',
        );
      }
      // Whoever ends hands its place on, so `running` stays as it is.
      await new Promise<void>((go) => line.push(go));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password, parameters)),
    verify: (passwordHash, password) => inTurn(() => verify(passwordHash, password)),
    isOutdated: (passwordHash) => !passwordHash.startsWith(beginning),
  };
}
