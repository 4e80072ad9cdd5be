// Ctrl+K: one field over people, records, numbers, notes, calls and commands. It lies over the work area, never over the
// call at the bottom, and shuts nobody out. The focus stays in the field (ARIA's combobox with a list).
// biome-ignore-all lint/a11y/useSemanticElements: a group of options has no element of its own
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field has the keys
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId, RecordId } from '#shared/domain/ids.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { IconPhoneOutgoing, IconSearch } from '../../parts/icons.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import { optionId, walked } from '../../parts/people-list.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useOnceSettled } from '../../parts/use-people.ts';
import { fittingCommands, looksLikeNumber, type PaletteCommand } from './commands.ts';
import { ItemRow } from './item-row.tsx';
import { type PaletteItem, paletteGroups } from './palette-items.ts';
import styles from './search.module.css';
import { useEverything } from './use-everything.ts';

export interface SearchPaletteProps {
  readonly commands: readonly PaletteCommand[];
  onOpenRecord(recordId: RecordId): void;
  onOpenCall(callId: CallId): void;
  onClose(): void;
}

export function SearchPalette({ commands, onOpenRecord, onOpenCall, onClose }: SearchPaletteProps) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const dial = useCommand('calls.dial');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const { found, refusal } = useEverything(text);
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLElement>(null);
  useFocusWhileOpen(field);
  useCloseOutside(panel, onClose);

  const groups = useMemo(() => {
    const number: PaletteCommand | null = looksLikeNumber(text)
      ? {
          id: 'dial',
          title: t('command.dial', { number: (found.text === text ? found.number : null) ?? text.trim() }),
          words: '',
          sign: <IconPhoneOutgoing size={18} stroke={1.75} aria-hidden="true" />,
          run: () => Promise.resolve(null),
        }
      : null;
    return paletteGroups(found.hits, number, fittingCommands(commands, text));
  }, [found, commands, text, t]);
  const items = groups.flatMap((group) => group.items);
  const chosenAt = Math.min(at, items.length - 1);
  const chosen = items[chosenAt];

  const call = async (target: string) => {
    if (!dial.running && (await dial.run({ target }))) onClose();
  };
  const choose = async (item: PaletteItem) => {
    setRefused(null);
    if (item.kind === 'command') {
      if (item.command.id === 'dial') return call(text.trim());
      const reason = await item.command.run();
      if (reason === null) onClose();
      else setRefused(reason);
      return;
    }
    const { hit } = item;
    if (hit.kind === 'person') return call(hit.extension.text);
    onClose();
    if (hit.kind !== 'call') onOpenRecord(hit.recordId);
    else if (hit.elsewhere) onOpenRecord(hit.elsewhere.recordId);
    else onOpenCall(hit.callId);
  };
  const dialChosen = (item: PaletteItem) => {
    const target = dialTarget(item);
    if (target !== null) void call(target);
  };
  const settled = found.text === text;
  const enter = useOnceSettled(settled, () => {
    if (chosen) void choose(chosen);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = walked(event, chosenAt, items.length);
    if (next !== null) setAt(next);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (chosen && settled) dialChosen(chosen);
    } else if (event.key === 'Enter') enter.run();
    else if (event.key === 'Escape') onClose();
    // There is nothing else to go to in here; Tab leads out.
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  let index = -1;
  return (
    <section ref={panel} className={styles.panel} aria-label={t('search.title')}>
      <div className={styles.fieldLine}>
        <IconSearch size={18} stroke={1.75} aria-hidden="true" className={styles.icon} />
        <input
          ref={field}
          className={styles.field}
          type="text"
          role="combobox"
          aria-label={t('search.field')}
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? optionId(listId, chosenAt) : undefined}
          placeholder={t('search.placeholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
            setRefused(null);
            enter.forget();
            dial.forget();
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <RefusalNotice before="records" reason={refused ?? refusal} />
      <RefusalNotice reason={dial.refusal} />
      <List id={listId} at={chosenAt} label={t('search.title')}>
        {groups.map((group) => (
          <div key={group.key} role="group" aria-label={t(`search.group.${group.name}`)}>
            <div className={styles.heading} role="presentation">
              {t(`search.group.${group.name}`)}
            </div>
            {group.items.map((item) => {
              index += 1;
              const mine = index;
              return (
                <div
                  key={item.key}
                  id={optionId(listId, mine)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={mine === chosenAt}
                  className={styles.row}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => mine !== chosenAt && setAt(mine)}
                  onClick={() => void choose(item)}
                >
                  <ItemRow item={item} />
                </div>
              );
            })}
          </div>
        ))}
      </List>
      {items.length === 0 && settled && (
        <div className={styles.none}>
          <p>{t('search.none', { text: text.trim() })}</p>
          <p className={styles.noneHint}>{t('search.noneHint')}</p>
        </div>
      )}
      {found.more && settled && <p className={styles.more}>{t('search.more')}</p>}
      <p className="oh-unseen" role="status">
        {settled && text.trim() !== ''
          ? items.length === 0
            ? t('search.none', { text: text.trim() })
            : t('search.found', { count: items.length })
          : ''}
      </p>
      <p className={styles.keys} aria-hidden="true">
        <KeyHint keys="↑ ↓" /> {t('search.keyChoose')} <KeyHint keys={common('keys.enter')} />{' '}
        {t('search.keyOpen')} <KeyHint keys={`${common('keys.ctrl')} ${common('keys.enter')}`} />{' '}
        {t('search.keyCall')} <KeyHint keys="Esc" /> {t('search.keyClose')}
      </p>
    </section>
  );
}

/** What Control and Enter dial; null where there is nothing to dial. */
function dialTarget(item: PaletteItem): string | null {
  if (item.kind === 'command') return null;
  const { hit } = item;
  return hit.kind === 'person' ? hit.extension.text : hit.kind === 'record' ? hit.number : null;
}

interface ListProps {
  readonly id: string;
  readonly at: number;
  readonly label: string;
  readonly children: React.ReactNode;
}

function List({ id, at, label, children }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(optionId(id, at))}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className={styles.list}>
      {children}
    </div>
  );
}

/** The field has the keyboard; whoever had it before gets it back, unless it has gone elsewhere. */
function useFocusWhileOpen(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    const mine = field.current;
    mine?.focus({ preventScroll: true });
    return () => {
      const now = document.activeElement;
      const letGo = now === null || now === document.body || now === mine;
      if (letGo && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [field]);
}

function useCloseOutside(panel: React.RefObject<HTMLElement | null>, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const listen = (event: PointerEvent) => {
      if (event.target instanceof Node && !panel.current?.contains(event.target)) latest.current();
    };
    document.addEventListener('pointerdown', listen);
    return () => document.removeEventListener('pointerdown', listen);
  }, [panel]);
}
