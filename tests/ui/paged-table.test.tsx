// The table whose rows are asked for as they come into sight: which columns fit, what is asked, and what is ticked.
import '../support/jsdom-stand-ins.ts';
import '@testing-library/jest-dom/vitest';
import { act, render, renderHook, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useCallback, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { showLanguage } from '../../src-renderer/i18n/texts.ts';
import { PagedRows, rowsPerPage } from '../../src-renderer/parts/paged-rows.ts';
import { type PagedColumn, PagedTable } from '../../src-renderer/parts/paged-table.tsx';
import { fittingColumns, gridTemplate, leastWidthPx } from '../../src-renderer/parts/table-columns.ts';
import { usePagedRows } from '../../src-renderer/parts/use-paged-rows.ts';
import { useTickedRows } from '../../src-renderer/parts/use-ticked-rows.ts';

showLanguage('en');
// A virtual list draws what its height has room for; jsdom lays nothing out.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 600 });
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 900 });

interface Goods {
  readonly id: string;
}
const rowKey = ({ id }: Goods) => id;
const columns: readonly PagedColumn<Goods>[] = [
  { key: 'id', title: 'Goods', leastPx: 100, share: 1, sortFirst: 'descending', cell: ({ id }) => id },
];

function Orders({ asked, total }: { readonly asked: string[]; readonly total: number }) {
  const [direction, setDirection] = useState<'ascending' | 'descending'>('ascending');
  const [opened, setOpened] = useState<string | null>(null);
  const rows = usePagedRows<Goods>(
    useCallback(
      async (offset, limit) => {
        asked.push(`${direction} ${offset}`);
        const held = Array.from({ length: Math.min(limit, total - offset) }, (_, at) => ({
          id: `${direction} ${offset + at}`,
        }));
        return { rows: held, total };
      },
      [asked, direction, total],
    ),
  );
  const ticks = useTickedRows<Goods>({ total: rows.total, question: rows.question, rowKey, nameOf: rowKey });
  return (
    <>
      <PagedTable
        label="Orders"
        columns={columns}
        rows={rows}
        rowKey={rowKey}
        sorting={direction === 'ascending' ? null : { column: 'id', direction }}
        onSort={(sorting) => setDirection(sorting.direction)}
        chosen={opened}
        onOpen={({ id }) => setOpened(id)}
        ticks={ticks}
        empty="No orders"
      />
      <output>{`${ticks.count} ticked, ${opened ?? 'none'} opened`}</output>
    </>
  );
}

describe('a table of a hundred thousand rows', () => {
  it('asks for the page in sight alone, and begins anew with another order', async () => {
    const asked: string[] = [];
    const user = userEvent.setup();
    render(<Orders asked={asked} total={100_000} />);
    expect(await screen.findByRole('row', { name: /ascending 0$/ })).toBeVisible();
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001');
    expect(asked).toEqual(['ascending 0']);
    await user.click(screen.getByRole('button', { name: 'Goods' }));
    expect(await screen.findByRole('row', { name: /descending 0$/ })).toBeVisible();
    expect(asked).toEqual(['ascending 0', 'descending 0']);
  });

  it('ticks some of them, or all but some, without opening any, and forgets it with another order', async () => {
    const user = userEvent.setup();
    render(<Orders asked={[]} total={100_000} />);
    await user.click(await screen.findByRole('checkbox', { name: /ascending 1$/ }));
    screen.getByRole('grid').focus();
    await user.keyboard('{ArrowDown} ');
    expect(screen.getByRole('status')).toHaveTextContent('2 ticked, none opened');
    const [all] = screen.getAllByRole('checkbox');
    expect(all).toBePartiallyChecked();
    if (all) await user.click(all);
    await user.click(screen.getByRole('checkbox', { name: /ascending 3$/ }));
    expect(screen.getByRole('status')).toHaveTextContent('99999 ticked, none opened');
    await user.keyboard('{Enter}');
    await user.click(screen.getByRole('button', { name: 'Goods' }));
    await screen.findByRole('row', { name: /descending 0$/ });
    expect(screen.getByRole('status')).toHaveTextContent(/^0 ticked/);
  });

  it('says that there are none only once it is known', async () => {
    const { container } = render(<Orders asked={[]} total={0} />);
    expect(container).not.toHaveTextContent('No orders');
    expect(await screen.findByText('No orders')).toBeVisible();
  });
});

describe('rows that come ahead of those in sight', () => {
  it('are here before they come into sight, and nothing is drawn for them until then', async () => {
    const asked: number[] = [];
    let told = 0;
    let sale = '';
    const ask = async (offset: number, limit: number) => {
      asked.push(offset);
      const held = Array.from({ length: limit }, (_, at) => ({
        id: `${offset + at}${at === 1 ? sale : ''}`,
      }));
      return { rows: held, total: 1_000 };
    };
    const rows = new PagedRows<Goods>(
      ask,
      () => {
        told += 1;
      },
      (error) => expect.unreachable(String(error)),
    );
    rows.want(0, 0);
    await expect.poll(() => told).toBe(1);
    rows.want(rowsPerPage - 30, rowsPerPage - 10);
    await expect.poll(() => rows.rowAt(rowsPerPage)).toEqual({ id: `${rowsPerPage}` });
    expect(told).toBe(1);
    sale = ' in the sale';
    rows.refresh();
    await expect.poll(() => told).toBe(2);
    rows.want(rowsPerPage - 10, rowsPerPage + 10);
    await expect.poll(() => told).toBe(3);
    expect(asked).toEqual([0, rowsPerPage, 0, rowsPerPage]);
    const [before, changed] = [rows.rowAt(0), rows.rowAt(1)];
    rows.refresh();
    await expect.poll(() => asked.length).toBe(6);
    sale = '';
    rows.refresh();
    await expect.poll(() => rows.rowAt(rowsPerPage + 1)).toEqual({ id: `${rowsPerPage + 1}` });
    await expect.poll(() => rows.rowAt(1)).toEqual({ id: '1' });
    // Two pages that came again as they were drew nothing; and what is as it was is the same row, which is not drawn anew.
    expect(told).toBe(5);
    expect(rows.rowAt(0)).toBe(before);
    expect(rows.rowAt(1)).not.toBe(changed);
    rows.close();
  });
});

describe('the columns of a table', () => {
  const of = (leastPx: number, rank?: number) => ({ leastPx, share: 1, ...(rank ? { rank } : {}) });
  it('are left out by rank where there is no room, and never those without one', () => {
    const all = [of(200), of(100, 2), of(100, 1), of(40)];
    expect(fittingColumns(all, 0)).toHaveLength(4);
    expect(fittingColumns(all, leastWidthPx(all))).toHaveLength(4);
    expect(fittingColumns(all, leastWidthPx(all) - 1)).toEqual([of(200), of(100, 1), of(40)]);
    expect(fittingColumns(all, 100)).toEqual([of(200), of(40)]);
    expect(gridTemplate([of(200), { leastPx: 16, share: 0 }])).toBe('minmax(200px, 1fr) 16px');
  });
});

describe('a refusal', () => {
  it('is told beside the rows that are there, and gone with the next answer', async () => {
    let refused = false;
    const { result } = renderHook(() =>
      usePagedRows<Goods>(
        useCallback(async () => {
          if (refused) throw new CommandFailed('hubAway', 'The hub does not answer.');
          return { rows: [{ id: 'one' }], total: 1 };
        }, []),
      ),
    );
    await act(async () => undefined);
    expect(result.current.rowAt(0)).toEqual({ id: 'one' });
    refused = true;
    result.current.refresh();
    await expect.poll(() => result.current.refusal).toBe('hubAway');
    expect(result.current.rowAt(0)).toEqual({ id: 'one' });
    refused = false;
    result.current.refresh();
    await expect.poll(() => result.current.refusal).toBeNull();
  });
});
