// dialog: there are no native dialogs. Texts go to standard error, and every question is answered as if it were cancelled.
import { notAvailable, report } from '../host-log.ts';
import { BrowserWindow } from './browser-window.ts';

export interface MessageBoxOptions {
  readonly message: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  readonly cancelId?: number;
  readonly defaultId?: number;
}

function answer(options: MessageBoxOptions): { response: number; checkboxChecked: boolean } {
  notAvailable('dialog.showMessageBox', 'the text is written here and the question cancelled');
  report([options.message, options.detail].filter(Boolean).join('\n'));
  return { response: options.cancelId ?? options.defaultId ?? 0, checkboxChecked: false };
}

/** Electron takes the parent window first, or leaves it out. */
function optionsOf<T>(first: BrowserWindow | T, second?: T): T {
  if (!(first instanceof BrowserWindow)) return first;
  if (second === undefined) throw new TypeError('Options are missing');
  return second;
}

export const dialog = {
  showErrorBox: (title: string, content: string): void => report(`${title}\n${content}`),
  showMessageBox: async (window: BrowserWindow | MessageBoxOptions, options?: MessageBoxOptions) =>
    answer(optionsOf(window, options)),
  showMessageBoxSync: (window: BrowserWindow | MessageBoxOptions, options?: MessageBoxOptions): number =>
    answer(optionsOf(window, options)).response,
  async showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    notAvailable('dialog.showOpenDialog', 'it is cancelled');
    return { canceled: true, filePaths: [] };
  },
  async showSaveDialog(): Promise<{ canceled: boolean; filePath: string }> {
    notAvailable('dialog.showSaveDialog', 'it is cancelled');
    return { canceled: true, filePath: '' };
  },
};
