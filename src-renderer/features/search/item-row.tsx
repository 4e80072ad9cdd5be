// One line of the palette: what it is, its name with the hit marked, and what else was found.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/desktop/search-contract.ts';
import { useFormat } from '../../i18n/use-format.ts';
import {
  type Icon,
  IconAddressBook,
  IconBuilding,
  IconNote,
  IconPhoneCall,
  IconUser,
} from '../../parts/icons.ts';
import { Marked } from './marked.tsx';
import type { PaletteItem } from './palette-items.ts';
import styles from './search.module.css';

export function ItemRow({ item }: { readonly item: PaletteItem }) {
  if (item.kind === 'command') return <Line sign={item.command.sign} name={item.command.title} />;
  return <HitRow hit={item.hit} />;
}

function HitRow({ hit }: { readonly hit: SearchHit }) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const format = useFormat();
  switch (hit.kind) {
    case 'person':
      return (
        <Line
          icon={IconUser}
          name={<Marked {...hit.name} />}
          detail={
            <>
              {t('search.extension')} <Marked {...hit.extension} />
            </>
          }
        />
      );
    case 'record':
      return (
        <Line
          icon={hit.recordKind === 'company' ? IconBuilding : IconAddressBook}
          name={hit.name.text === '' ? t('list.noName') : <Marked {...hit.name} />}
          detail={hit.found ? <Marked {...hit.found} /> : hit.number}
          end={common(`recordKind.${hit.recordKind}`)}
        />
      );
    case 'note':
      return (
        <Line
          icon={IconNote}
          name={hit.recordName === '' ? t('list.noName') : hit.recordName}
          detail={<Marked {...hit.text} />}
          end={format.dateTime(hit.writtenAtMs)}
        />
      );
    case 'call':
      return (
        <Line
          icon={IconPhoneCall}
          name={hit.name === '' ? t('list.noName') : hit.name}
          detail={<Marked {...hit.text} />}
          end={[
            hit.elsewhere && t('calls.by', { name: hit.elsewhere.agentName }),
            format.dateTime(hit.startedAtMs),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      );
  }
}

interface LineProps {
  readonly icon?: Icon;
  /** In place of an icon. */
  readonly sign?: ReactNode;
  readonly name: ReactNode;
  readonly detail?: ReactNode;
  readonly end?: string;
}

function Line({ icon: IconShown, sign, name, detail, end }: LineProps) {
  return (
    <>
      <span className={styles.sign}>
        {IconShown ? <IconShown size={18} stroke={1.75} aria-hidden="true" /> : sign}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        {detail !== undefined && detail !== null && (
          <span className={`oh-figures ${styles.detail}`}>{detail}</span>
        )}
      </span>
      {end && <span className={`oh-figures ${styles.end}`}>{end}</span>}
    </>
  );
}
