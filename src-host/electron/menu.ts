// Menu and MenuItem: built and remembered, not shown. Chromium's app windows have no native menus of ours.
import { EventEmitter } from 'node:events';
import { notAvailable } from '../host-log.ts';

interface MenuItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly type?: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
  readonly role?: string;
  readonly enabled?: boolean;
  readonly visible?: boolean;
  readonly checked?: boolean;
  readonly submenu?: readonly MenuItemOptions[] | Menu;
  readonly click?: (item: MenuItem) => void;
}

export class MenuItem {
  readonly id: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly submenu: Menu | undefined;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #click: ((item: MenuItem) => void) | undefined;

  constructor(options: MenuItemOptions) {
    const { submenu } = options;
    this.id = options.id ?? '';
    this.role = options.role;
    this.label = options.label ?? '';
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.submenu = submenu instanceof Menu || !submenu ? submenu : Menu.buildFromTemplate(submenu);
    this.#click = options.click;
  }

  /** As if a person had chosen it. */
  click(): void {
    if (this.enabled) this.#click?.(this);
  }
}

export class Menu extends EventEmitter {
  static #application: Menu | null = null;

  static buildFromTemplate(template: readonly (MenuItemOptions | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  readonly items: MenuItem[] = [];

  append(item: MenuItem): void {
    this.items.push(item);
  }

  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(): void {
    notAvailable('Menu.popup', 'native menus are not shown');
  }

  closePopup(): void {
    // None is open.
  }
}
