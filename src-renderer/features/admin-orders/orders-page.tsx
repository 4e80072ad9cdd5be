// Call mode > Orders in line (DIAL-6), and the imports of orders (DIAL-11): one page with two faces.
import { useState } from 'react';
import { LinePage } from './line-page.tsx';
import { OrderImportsPage } from './order-imports-page.tsx';

export function OrdersPage() {
  const [shown, setShown] = useState<'line' | 'imports'>('line');
  return shown === 'line' ? (
    <LinePage onImports={() => setShown('imports')} />
  ) : (
    <OrderImportsPage onLine={() => setShown('line')} />
  );
}
