// Two people edit the same thing: nothing typed is lost, and nothing of the other's is overwritten unseen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginEdit,
  type EditState,
  meetLatest,
  setField,
  settle,
  typedFields,
} from '../../src-renderer/parts/edit-machine.ts';

interface Values {
  readonly name: string;
  readonly members: readonly string[];
}
const first: Values = { name: 'Day', members: ['mia'] };

describe('a form over what others may change', () => {
  it('takes over what only the other has changed, and says so where something was typed', () => {
    const typed = setField(beginEdit(first, 1), 'name', 'Early');
    const met = meetLatest(typed, { name: 'Day', members: ['mia', 'ben'] }, 2);
    expect(met.values).toEqual({ name: 'Early', members: ['mia', 'ben'] });
    expect(met.takenOver).toEqual(['members']);
    expect(met.conflicts).toEqual([]);
    expect(met.version).toBe(2);
  });

  it('keeps what both have changed as typed until it is decided', () => {
    const typed = setField(beginEdit(first, 1), 'name', 'Early');
    const met = meetLatest(typed, { name: 'Late', members: ['mia'] }, 2);
    expect(met.values.name).toBe('Early');
    expect(met.conflicts).toEqual([{ field: 'name', theirs: 'Late' }]);
    expect(settle(met, 'name', 'theirs').values.name).toBe('Late');
    expect(settle(met, 'name', 'mine').values.name).toBe('Early');
    expect(typedFields(settle(met, 'name', 'theirs'))).toEqual([]);
  });

  it('is no conflict where both have typed the same, nor where an older answer arrives late', () => {
    const typed = setField(beginEdit(first, 2), 'name', 'Late');
    expect(meetLatest(typed, { name: 'Late', members: ['mia'] }, 3).conflicts).toEqual([]);
    expect(meetLatest(typed, { name: 'Oldest', members: [] }, 1)).toBe(typed);
  });

  it('never loses a change unseen, whatever is typed and whoever saves in between', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('type' as const), name }),
      fc.record({ kind: fc.constant('theirs' as const), name }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let state: EditState<{ name: string }> = beginEdit({ name: 'start' }, 1);
        let atHub = 'start';
        for (const each of steps) {
          if (each.kind === 'type') state = setField(state, 'name', each.name);
          else {
            const changed = atHub !== each.name;
            atHub = each.name;
            state = meetLatest(state, { name: atHub }, state.version + 1);
            // What the other has put there is in the field, or is shown beside what was typed.
            const shown = [state.values.name, ...state.conflicts.map(({ theirs }) => theirs)];
            if (changed) expect(shown).toContain(atHub);
          }
          expect(state.seen.name).toBe(atHub);
        }
      }),
      { seed: 20261121, numRuns: 200 },
    );
  });
});
