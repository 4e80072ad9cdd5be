// The peer of the lists' benchmark: TanStack Virtual with React and nothing else. A line of text for each row, all of them
// in memory.
import { useVirtualizer } from '@tanstack/react-virtual';
import { createElement, useRef } from 'react';
import { createRoot } from 'react-dom/client';

const given = new URLSearchParams(location.search);
const count = Number(given.get('rows'));
const heightPx = Number(given.get('height'));

function List() {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 40,
    overscan: 6,
  });
  return createElement(
    'div',
    { id: 'list', ref: scroller, style: { height: heightPx } },
    createElement(
      'div',
      { style: { height: virtual.getTotalSize() } },
      virtual
        .getVirtualItems()
        .map(({ key, index, start }) =>
          createElement('div', { key, style: { transform: `translateY(${start}px)` } }, `Row ${index}`),
        ),
    ),
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
createRoot(root).render(createElement(List));
