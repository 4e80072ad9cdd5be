// app.commandLine: the switches after main's file, as Electron reads them, and those that main appends before ready.
// All of them become Chromium's own (browser/browser-flags.ts).

/** Electron lower-cases switch names and keeps the value as it stands. */
class CommandLine {
  readonly switches = new Map<string, string>();
  readonly arguments: string[] = [];

  constructor(argv: readonly string[]) {
    for (const argument of argv) {
      if (argument === '--') break;
      const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (name !== undefined) this.appendSwitch(name, value);
    }
  }

  appendSwitch(name: string, value?: string): void {
    this.switches.set(name.toLowerCase(), value ?? '');
  }

  appendArgument(value: string): void {
    this.arguments.push(value);
  }

  hasSwitch(name: string): boolean {
    return this.switches.has(name.toLowerCase());
  }

  /** '' where the switch is absent or has no value. */
  getSwitchValue(name: string): string {
    return this.switches.get(name.toLowerCase()) ?? '';
  }

  removeSwitch(name: string): void {
    this.switches.delete(name.toLowerCase());
  }
}

export const commandLine = new CommandLine(process.argv.slice(2));
