// A setting of the hub is wrong, or unsafe. The message says which, and what is right; server.ts ends with it.

export class SettingWrong extends Error {
  override readonly name = 'SettingWrong';
}
