// A change of a contract's shape must be a decision: this test holds the hash of each shape beside its version.
// When it fails: raise the version where an older other side could not read the new shape, then note the new hash.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { hubContract } from '#shared/hub/hub-contract.ts';
import type { Contract } from '#shared/wire/contract.ts';

const known = { hub: { version: 8, shape: 'adc37281c39d558c' } };

function shapeOf(contract: Contract): string {
  const commands = Object.entries(contract.commands).map(([name, { request, reply }]) => [
    name,
    z.toJSONSchema(request, { unrepresentable: 'any' }),
    z.toJSONSchema(reply, { unrepresentable: 'any' }),
  ]);
  const events = Object.entries(contract.events).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { unrepresentable: 'any' }),
  ]);
  const sorted = [...commands, ...events].sort(([a], [b]) => String(a).localeCompare(String(b)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

test('the hub contract has the shape that its version stands for', () => {
  expect({ version: hubContract.version, shape: shapeOf(hubContract) }).toEqual(known.hub);
});
