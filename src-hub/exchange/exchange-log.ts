// Where the exchange writes what it saw. Facts are counts, statuses, methods and running numbers:
// never a number, a name, a URI or a Call-ID.

export interface ExchangeLog {
  info(message: string, facts: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts: Readonly<Record<string, unknown>>): void;
  error(message: string, facts: Readonly<Record<string, unknown>>): void;
}
