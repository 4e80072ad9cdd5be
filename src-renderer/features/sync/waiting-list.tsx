// What waits to be sent, or was not taken: what it is, whom it is about, how it stands, and what can be done.
import { useTranslation } from 'react-i18next';
import type { WaitingItem } from '#shared/desktop/sync-view-contract.ts';
import type { CallId } from '#shared/domain/ids.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { recordsEn } from '../../i18n/records/records-en.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { Chip, type Tone } from '../../parts/chip.tsx';
import {
  type Icon,
  IconAddressBook,
  IconListCheck,
  IconNote,
  IconPencil,
  IconPhoneCall,
} from '../../parts/icons.ts';
import { useOpenRecord } from '../../parts/open-record.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './sync-page.module.css';

const icons: Record<WaitingItem['kind'], Icon> = {
  'record.create': IconAddressBook,
  'record.change': IconPencil,
  'note.add': IconNote,
  'call.report': IconPhoneCall,
  'order.outcome': IconListCheck,
};

const tones: Record<WaitingItem['state'], Tone> = {
  waiting: 'accent',
  undoOpen: 'quiet',
  sending: 'quiet',
  conflict: 'warn',
  refused: 'bad',
};

type KnownReason = keyof typeof recordsEn.sync.reason;

const isKnown = (reason: string): reason is KnownReason => Object.hasOwn(recordsEn.sync.reason, reason);

export interface WaitingListProps {
  readonly items: readonly WaitingItem[];
  onOpenCall(callId: CallId): void;
}

export function WaitingList({ items, onOpenCall }: WaitingListProps) {
  return (
    <ul className={styles.items}>
      {items.map((item) => (
        <Item key={item.mutationId} item={item} onOpenCall={onOpenCall} />
      ))}
    </ul>
  );
}

function Item({ item, onOpenCall }: { readonly item: WaitingItem; onOpenCall(callId: CallId): void }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const openRecord = useOpenRecord();
  const putAway = useCommand('sync.putAway');
  const { recordId, callId, reason } = item;
  const IconShown = icons[item.kind];
  const facts = [
    t(`sync.kind.${item.kind}`),
    format.dateTime(item.madeAtMs),
    item.attempts > 0 ? t('sync.attempts', { count: item.attempts }) : null,
  ].filter((fact) => fact !== null);
  const open = () => {
    if (recordId !== null && openRecord) openRecord(recordId);
    else if (callId !== null) onOpenCall(callId);
  };
  return (
    <li className={styles.item}>
      <IconShown size={18} stroke={1.75} aria-hidden="true" className={styles.icon} />
      <div className={styles.itemWords}>
        <button
          type="button"
          className={styles.about}
          disabled={recordId === null && callId === null}
          onClick={open}
        >
          <bdi>{item.about === '' ? t('list.noName') : item.about}</bdi>
        </button>
        <span className={`oh-figures ${styles.quiet}`}>{facts.join(' · ')}</span>
        {reason !== null && (
          <span className={styles.reason}>
            {isKnown(reason) && reason !== 'other'
              ? t(`sync.reason.${reason}`)
              : t('sync.reason.other', { reason })}
          </span>
        )}
        <RefusalNotice before="records" reason={putAway.refusal} />
      </div>
      <Chip tone={tones[item.state]}>{t(`sync.itemState.${item.state}`)}</Chip>
      {item.state === 'refused' && (
        <Button
          size="small"
          disabled={putAway.running}
          onClick={() => void putAway.run({ mutationId: item.mutationId })}
        >
          {t('sync.putAway')}
        </Button>
      )}
    </li>
  );
}
