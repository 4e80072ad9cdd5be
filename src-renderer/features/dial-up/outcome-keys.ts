// Which key ends an order with which button: the first nine are 1 to 9, as dispositions are; then 0 and the one beside it.
import type { OrderButton } from '#shared/hub/dial-contract.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-'] as const;

export interface KeyedButton extends OrderButton {
  /** Null where there are more buttons than keys. */
  readonly key: string | null;
}

export function keyed(buttons: readonly OrderButton[]): KeyedButton[] {
  return buttons.map((button, at) => ({ ...button, key: keys[at] ?? null }));
}
