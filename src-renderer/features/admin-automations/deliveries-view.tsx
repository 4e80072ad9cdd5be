// What rules deliver to other programs and people: waiting, sent, dead letters, which can be ticked and sent again.
import { Select } from '@mantine/core';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AutomationDelivery, automationDelivery } from '#shared/admin/automations-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { DataTable, type TableHandle } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconSend } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { useDrawer } from '../../parts/use-drawer.ts';
import { useTickedRows } from '../../parts/use-ticked-rows.ts';
import styles from './automations.module.css';
import { DeliveryDrawer, useDeliveredTo, useDeliveryColumns } from './delivery-drawer.tsx';
import { pageLength, usePages } from './use-pages.ts';
import { WatchView } from './watch-view.tsx';

type State = AutomationDelivery['state'];
const states = automationDelivery.shape.state.options;
/** The contract's most. */
const mostAtOnce = 200;

const keyOf = ({ id }: AutomationDelivery) => id;

export interface DeliveriesViewProps {
  readonly chooser: ReactNode;
  readonly projectId: ProjectId;
}

export function DeliveriesView({ chooser, projectId }: DeliveriesViewProps) {
  const { t } = useTranslation('admin');
  const client = useClient();
  const readOnly = useReadOnly();
  const resend = useCommand('admin.automations.resend');
  const [state, setState] = useState<State | null>(null);
  const [resent, setResent] = useState<number | null>(null);
  const [sendings, setSendings] = useState(0);
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<string>(() => table.current?.focus());
  const pages = usePages(
    useCallback(
      async (cursor: string | null) => {
        const page = await client.call('admin.automations.deliveries', {
          ...{ projectId, state, cursor, limit: pageLength },
        });
        return { rows: page.deliveries, cursor: page.cursor };
      },
      [client, projectId, state],
    ),
  );
  const rows = pages.rows ?? [];
  const toOf = useDeliveredTo();
  const ticks = useTickedRows<AutomationDelivery>({
    total: rows.length,
    question: `${state} ${sendings}`,
    rowKey: keyOf,
    nameOf: useCallback((delivery: AutomationDelivery) => `${delivery.ruleName}, ${toOf(delivery)}`, [toOf]),
  });
  const dead = state === 'dead';
  const ticked = useMemo(
    () => (dead ? (pages.rows ?? []).filter((row) => ticks.isTicked(row)).map(keyOf) : []),
    [dead, pages.rows, ticks],
  );
  const columns = useDeliveryColumns();
  const chosen = rows.find(({ id }) => id === drawer.choice);
  const send = async (deliveryIds: readonly string[]) => {
    let sent = 0;
    for (let from = 0; from < deliveryIds.length; from += mostAtOnce) {
      const answer = await resend.run({ deliveryIds: deliveryIds.slice(from, from + mostAtOnce) });
      if (!answer) break;
      sent += answer.resent;
    }
    if (sent > 0) setResent(sent);
    setSendings(sendings + 1);
    pages.again();
  };
  return (
    <WatchView
      chooser={chooser}
      refusal={pages.refusal ?? resend.refusal}
      filter={
        <Select
          className={styles.filter}
          aria-label={t('automations.deliveries.state')}
          placeholder={t('automations.deliveries.all')}
          clearable
          data={states.map((each) => ({ value: each, label: t(`automations.deliveries.states.${each}`) }))}
          value={state}
          onChange={(next) => {
            setState(next as State | null);
            setResent(null);
            resend.forget();
          }}
        />
      }
      tools={
        ticked.length > 0 && (
          <Button
            tone="accent"
            icon={IconSend}
            disabled={readOnly || resend.running}
            onClick={() => void send(ticked)}
          >
            {t('automations.deliveries.resendMany', { count: ticked.length })}
          </Button>
        )
      }
      notice={resent !== null && <Notice>{t('automations.deliveries.resent', { count: resent })}</Notice>}
      drawer={
        chosen && (
          <DeliveryDrawer
            key={chosen.id}
            drawer={drawer}
            delivery={chosen}
            running={resend.running}
            onResend={() => void send([chosen.id])}
          />
        )
      }
    >
      {pages.rows && (
        <DataTable
          ref={table}
          label={t('automations.deliveries.label')}
          columns={columns}
          rows={pages.rows}
          rowKey={keyOf}
          chosen={chosen?.id ?? null}
          onOpen={({ id }) => drawer.open(id)}
          ticks={dead && rows.length > 0 ? ticks : undefined}
          firstSorting={null}
          onEndInSight={pages.askOlder}
          empty={
            <EmptyState
              icon={IconSend}
              title={t(dead ? 'automations.deliveries.deadEmptyTitle' : 'automations.deliveries.emptyTitle')}
              text={t(
                dead
                  ? 'automations.deliveries.deadEmpty'
                  : state === null
                    ? 'automations.deliveries.empty'
                    : 'automations.deliveries.noneOfState',
              )}
            />
          }
        />
      )}
    </WatchView>
  );
}
