// For tests that push records, notes and calls only.
import type { OutcomeService } from '../../src-hub/dial-up/outcome-service.ts';

export const noOrders: Pick<OutcomeService, 'apply' | 'applyAll' | 'committed'> = {
  apply: () => Promise.reject(new Error('There are no orders in this test')),
  applyAll: () => Promise.reject(new Error('There are no orders in this test')),
  committed: () => undefined,
};
