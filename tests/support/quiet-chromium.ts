// The switches with which every test starts Chromium: it asks for nothing by itself and reaches nobody outside.

export const quietChromium = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;
