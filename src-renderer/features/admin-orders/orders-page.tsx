// Call mode > Orders in line (DIAL-6), and the imports of orders (DIAL-11): one page with two faces.
import { useState } from 'react';
import { ImportsPage } from './imports-page.tsx';
import { LinePage } from './line-page.tsx';

export function OrdersPage() {
  const [shown, setShown] = useState<'line' | 'imports'>('line');
  return shown === 'line' ? (
    <LinePage onImports={() => setShown('imports')} />
  ) : (
    <ImportsPage onLine={() => setShown('line')} />
  );
}
