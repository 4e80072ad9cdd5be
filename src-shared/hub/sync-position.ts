// Where something stands in the hub's order of changes, as desktops keep it (`at`, cursors): `<era>:<number>`. Pure.

export interface SyncPosition {
  readonly eraId: string;
  readonly seq: number;
}

/** Before everything. */
export const nothingKnown = '';

export function positionText({ eraId, seq }: SyncPosition): string {
  return `${eraId}:${seq}`;
}

/** Null where no hub ever said so. */
export function positionOf(text: string): SyncPosition | null {
  const [, eraId, seq] = /^([\w-]{1,100}):(\d{1,15})$/.exec(text) ?? [];
  return eraId === undefined || seq === undefined ? null : { eraId, seq: Number(seq) };
}
