// Why something about an order is refused, in words for whoever asked. Used by this folder's services.
import { CommandFailed } from '#shared/wire/command-failed.ts';

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
