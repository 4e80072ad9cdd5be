// The directory under a field: people with presence, projects below, a number that was typed last. Arrow keys walk it and
// Enter chooses, with the focus in the field all the while (ARIA's combobox with a list).
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundPeople, FoundPerson } from '#shared/desktop/people-contract.ts';
import { useLive } from '../client/desktop-context.tsx';
import { type Icon, IconBriefcase, IconPhoneOutgoing, IconUser } from './icons.ts';
import styles from './people-list.module.css';
import { PresenceChip, StandingSince } from './presence-chip.tsx';

/** What may be chosen. */
export interface Choice {
  readonly key: string;
  /** An extension, or a number. */
  readonly target: string;
  readonly name: string;
  readonly kind: 'person' | 'project' | 'number';
  readonly allowed: boolean;
}

export function choicesOf(found: FoundPeople | undefined): Choice[] {
  if (!found) return [];
  const { people, projects, number } = found;
  return [
    ...people.map(({ userId, extension, displayName }) => ({
      key: userId,
      target: extension,
      name: displayName,
      kind: 'person' as const,
      allowed: true,
    })),
    ...projects.map(({ projectId, number: target, name }) => ({
      key: projectId,
      target,
      name,
      kind: 'project' as const,
      allowed: true,
    })),
    ...(number
      ? [
          {
            key: 'number',
            target: number.target,
            name: number.display,
            kind: 'number' as const,
            allowed: number.allowed,
          },
        ]
      : []),
  ];
}

/** Which choice the arrow keys lead to; null leaves the key to the field. */
export function walked(event: KeyboardEvent, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (event.key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'PageDown':
      return Math.min(count - 1, at + 5);
    case 'PageUp':
      return Math.max(0, at - 5);
    default:
      return null;
  }
}

export const optionId = (listId: string, at: number) => `${listId}-${at}`;

export interface PeopleListProps {
  readonly id: string;
  readonly label: string;
  readonly found: FoundPeople;
  /** Index in `choicesOf(found)`. */
  readonly at: number;
  onPoint(at: number): void;
  onChoose(choice: Choice): void;
}

export function PeopleList({ id, label, found, at, onPoint, onChoose }: PeopleListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const choices = choicesOf(found);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(optionId(id, at))}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  const row = (index: number, children: ReactNode) => {
    const choice = choices[index];
    if (!choice) return null;
    return (
      // The keys of a list in a combobox are the field's (people-list's users); the mouse is for here.
      // biome-ignore lint/a11y/useKeyWithClickEvents: as above
      <div
        key={choice.key}
        id={optionId(id, index)}
        role="option"
        tabIndex={-1}
        aria-selected={index === at}
        aria-disabled={!choice.allowed || undefined}
        className={styles.row}
        onMouseDown={(event) => event.preventDefault()}
        onMouseMove={() => index !== at && onPoint(index)}
        onClick={() => choice.allowed && onChoose(choice)}
      >
        {children}
      </div>
    );
  };
  const firstProject = found.people.length;
  const numberAt = firstProject + found.projects.length;
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className={styles.list}>
      {found.people.map((person, index) => row(index, <PersonRow person={person} />))}
      {found.projects.length > 0 && <Heading>{t('people.projects')}</Heading>}
      {found.projects.map(({ name, number }, index) =>
        row(firstProject + index, <PlainRow icon={IconBriefcase} name={name} detail={number} />),
      )}
      {found.number &&
        row(
          numberAt,
          <PlainRow
            icon={IconPhoneOutgoing}
            name={found.number.display}
            detail={found.number.allowed ? t('people.thisNumber') : t('people.notOutside')}
          />,
        )}
    </div>
  );
}

function PersonRow({ person }: { readonly person: FoundPerson }) {
  const { extension, displayName, teams, presence } = person;
  const session = useLive('session');
  const labels = session.state === 'signedIn' ? session.statuses : [];
  return (
    <>
      <span className={styles.mark} aria-hidden="true">
        <IconUser size={16} stroke={1.75} />
      </span>
      <span className={styles.who}>
        <span className={styles.name} title={displayName}>
          {displayName}
        </span>
        <span className={styles.detail} title={teams.join(', ')}>
          <span className="oh-figures">{extension}</span>
          {teams.length > 0 && ` · ${teams.join(', ')}`}
        </span>
      </span>
      {presence && (
        <span className={styles.standing}>
          <PresenceChip presence={presence} labels={labels} />
          <span className={styles.since}>
            <StandingSince presence={presence} />
          </span>
        </span>
      )}
    </>
  );
}

function PlainRow({ icon: IconShown, name, detail }: { icon: Icon; name: string; detail: string }) {
  return (
    <>
      <span className={styles.mark} aria-hidden="true">
        <IconShown size={16} stroke={1.75} />
      </span>
      <span className={styles.who}>
        <span className={styles.name} title={name}>
          {name}
        </span>
        <span className={`oh-figures ${styles.detail}`}>{detail}</span>
      </span>
    </>
  );
}

function Heading({ children }: { readonly children: string }) {
  return (
    <div className={styles.heading} role="presentation">
      {children}
    </div>
  );
}
