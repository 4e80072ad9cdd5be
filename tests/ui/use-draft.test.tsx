// Which drafts a window remembers when its calls come and go: those that are shown, and those that are not on disk.
import '../support/jsdom-stand-ins.ts';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { desktopContract } from '#shared/desktop/desktop-contract.ts';
import type { DraftView } from '#shared/domain/call-view.ts';
import { emptyFormDraft } from '#shared/domain/form-draft.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { connect } from '#shared/wire/connect.ts';
import { memoryWire } from '#shared/wire/memory-wire.ts';
import { DesktopProvider } from '../../src-renderer/client/desktop-context.tsx';
import { LiveStore } from '../../src-renderer/client/live-store.ts';
import { useDraft } from '../../src-renderer/features/write-note/use-draft.ts';
import { signedInState } from '../support/sample-state.ts';
import { type Overrides, scriptedMain } from '../support/scripted-main.ts';

function draftOf(id: string, note = ''): DraftView {
  return { callId: id as CallId, note, dispositionId: null, form: emptyFormDraft, savedAtMs: null };
}

/** Shows a call's draft, as the call box does from the answer until the wrap-up is over. */
function windowOver(overrides: Overrides) {
  const wire = memoryWire();
  scriptedMain(wire.right, signedInState(), overrides);
  const client = connect(desktopContract, wire.left, { warn: () => undefined, error: () => undefined });
  const live = new LiveStore(client);
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <DesktopProvider client={client} live={live}>
      {children}
    </DesktopProvider>
  );
  return (view: DraftView) => renderHook(() => useDraft(view), { wrapper });
}

function oneAfterAnother(show: ReturnType<typeof windowOver>, calls: number): void {
  for (let index = 0; index < calls; index += 1) show(draftOf(`later-${index}`)).unmount();
}

describe('the drafts of calls that come and go', () => {
  it('are forgotten once they are on disk and a dozen calls came after', async () => {
    const show = windowOver({
      'drafts.change': ({ callId, note }) => ({
        callId,
        note: note ?? '',
        dispositionId: null,
        form: emptyFormDraft,
        savedAtMs: 77,
      }),
    });
    const first = show(draftOf('first'));
    const { keeper } = first.result.current;
    await act(async () => {
      keeper.setNote('Wants a new lamp');
      await keeper.flush();
    });
    first.unmount();
    expect(show(draftOf('first')).result.current.keeper).toBe(keeper);
    cleanup();
    oneAfterAnother(show, 12);
    const again = show(draftOf('first', 'Wants a new lamp')).result.current;
    expect(again.keeper).not.toBe(keeper);
    expect(again.note).toBe('Wants a new lamp');
  });

  it('are kept while the disk refuses them, however many calls come after', async () => {
    const show = windowOver({
      'drafts.change': () => {
        throw new CommandFailed('diskFull', 'The disk is full.');
      },
    });
    const first = show(draftOf('first'));
    await act(async () => {
      first.result.current.keeper.setNote('Not on disk');
      await first.result.current.keeper.flush();
    });
    first.unmount();
    oneAfterAnother(show, 40);
    expect(show(draftOf('first')).result.current.note).toBe('Not on disk');
  });
});
