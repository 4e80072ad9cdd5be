// Why something about an order is refused, in words for whoever asked. Used by this folder's services.
import type { OrderStatus } from '#shared/domain/dial-up.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { foreignKeyViolation, uniqueViolation } from '../database/unique-violation.ts';

/** Somebody was there first, or took something away, between the look and the write. */
export async function asRefusals<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (uniqueViolation(error)?.includes('external_id')) throw externalIdTaken();
    if (foreignKeyViolation(error)) throw noSuchStatus();
    throw error;
  }
}

/** @param gone statuses that are taken away. @throws CommandFailed 'ordersStandIn' where orders stand in one of them. */
export async function unlessOrdersStandIn<T>(
  gone: readonly OrderStatus[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (foreignKeyViolation(error)) throw ordersStandIn(gone);
    throw error;
  }
}

export function noSuchOrder(): CommandFailed {
  return new CommandFailed('noSuchOrder', 'There is no such order (any more). Nothing was changed.');
}

export function noSuchStatus(): CommandFailed {
  return new CommandFailed(
    'noSuchStatus',
    'A status that this leads to is no longer there. Nothing was changed; choose another one.',
  );
}

export function externalIdTaken(): CommandFailed {
  return new CommandFailed('externalIdTaken', 'Another order has this external id. Nothing was changed.');
}

export function changedMeanwhile(): CommandFailed {
  return new CommandFailed(
    'changedMeanwhile',
    'Somebody else has changed this order since you read it. Nothing was changed; read it again.',
  );
}

function ordersStandIn(gone: readonly OrderStatus[]): CommandFailed {
  const which = gone.map(({ label }) => label).join(', ');
  return new CommandFailed(
    'ordersStandIn',
    `Orders stand in a status that you take away (${which}). Nothing was changed. Move them to another status first.`,
  );
}
