// One delivery: how it stands, how often it was tried, what the other side said, whether it may have arrived twice.
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AutomationDelivery } from '#shared/admin/automations-contract.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Chip, type Tone } from '../../parts/chip.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { Facts } from '../../parts/detail-page.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { type Icon, IconAlertTriangle, IconCheck, IconClockFilled, IconSend } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { When } from '../../parts/time.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import styles from './automations.module.css';

const signs: { readonly [S in AutomationDelivery['state']]: readonly [Tone, Icon] } = {
  waiting: ['accent', IconClockFilled],
  sent: ['good', IconCheck],
  dead: ['bad', IconAlertTriangle],
};

function StateChip({ state }: { readonly state: AutomationDelivery['state'] }) {
  const { t } = useTranslation('admin');
  const [tone, icon] = signs[state];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`automations.deliveries.states.${state}`)}
    </Chip>
  );
}

/** An address; of an e-mail, to how many. */
export function useDeliveredTo(): (delivery: AutomationDelivery) => string {
  const { t } = useTranslation('admin');
  return useCallback(
    ({ kind, to }) => (kind === 'email' ? t('automations.deliveries.addresses', { count: Number(to) }) : to),
    [t],
  );
}

export function useDeliveryColumns(): readonly Column<AutomationDelivery>[] {
  const { t } = useTranslation('admin');
  const toOf = useDeliveredTo();
  return useMemo(
    () => [
      {
        key: 'state',
        title: t('automations.deliveries.state'),
        leastPx: 120,
        share: 0,
        cell: ({ state }) => <StateChip state={state} />,
      },
      {
        key: 'to',
        title: t('automations.deliveries.to'),
        leastPx: 176,
        share: 4,
        cell: (delivery) => (
          <>
            <span className={styles.kind}>{t(`automations.deliveries.${delivery.kind}`)}</span>{' '}
            {toOf(delivery)}
          </>
        ),
        hint: toOf,
      },
      {
        key: 'rule',
        title: t('automations.deliveries.rule'),
        leastPx: 128,
        share: 2,
        rank: 2,
        cell: ({ ruleName }) => ruleName,
      },
      {
        key: 'attempts',
        title: t('automations.deliveries.attempts'),
        leastPx: 72,
        share: 0,
        rank: 4,
        figures: true,
        cell: ({ attempts }) => attempts,
      },
      {
        key: 'last',
        title: t('automations.deliveries.last'),
        leastPx: 120,
        share: 0,
        rank: 1,
        figures: true,
        quiet: true,
        cell: ({ lastAtMs }) =>
          lastAtMs === null ? t('automations.deliveries.never') : <When atMs={lastAtMs} />,
      },
      {
        key: 'error',
        title: t('automations.deliveries.error'),
        leastPx: 152,
        share: 2,
        rank: 3,
        quiet: true,
        cell: ({ repeatPossible, lastError }) =>
          repeatPossible ? (
            <>
              <Chip tone="warn">{t('automations.deliveries.repeatShort')}</Chip> {lastError}
            </>
          ) : (
            (lastError ?? '')
          ),
        hint: ({ lastError }) => lastError ?? '',
      },
    ],
    [t, toOf],
  );
}

export interface DeliveryDrawerProps {
  readonly drawer: DrawerControl;
  readonly delivery: AutomationDelivery;
  readonly running: boolean;
  onResend(): void;
}

export function DeliveryDrawer({ drawer, delivery, running, onResend }: DeliveryDrawerProps) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const readOnly = useReadOnly();
  const toOf = useDeliveredTo();
  const { kind, state, lastAtMs, nextAtMs } = delivery;
  return (
    <Drawer
      drawer={drawer}
      title={`${t(`automations.deliveries.${kind}`)}: ${toOf(delivery)}`}
      about={<StateChip state={state} />}
      typed={false}
      saveWord={null}
      running={running}
      refusal={null}
      onSave={() => undefined}
      more={
        state === 'dead' && (
          <div className={styles.dead}>
            <Notice
              tone="warn"
              actions={
                <Button size="small" icon={IconSend} disabled={readOnly || running} onClick={onResend}>
                  {t('automations.deliveries.resend')}
                </Button>
              }
            >
              {t('automations.deliveries.deadText')}
            </Notice>
          </div>
        )
      }
    >
      {delivery.repeatPossible && (
        <Notice tone="warn" title={t('automations.deliveries.repeat')}>
          {t('automations.deliveries.repeatText')}
        </Notice>
      )}
      <Facts
        facts={[
          [t('automations.deliveries.rule'), delivery.ruleName],
          [t('automations.deliveries.attempts'), String(delivery.attempts)],
          [
            t('automations.deliveries.last'),
            lastAtMs === null ? t('automations.deliveries.never') : format.full(lastAtMs),
          ],
          [t('automations.deliveries.next'), nextAtMs === null ? '' : format.full(nextAtMs)],
          [t('automations.deliveries.error'), delivery.lastError ?? ''],
          [
            t('automations.deliveries.id'),
            <code key="id" className={styles.id}>
              {delivery.id}
            </code>,
          ],
        ]}
      />
    </Drawer>
  );
}
