// CALL-9: to whom the call is to go. One field; typing finds people, teams, projects, or takes a number. Inline, so that
// the call and its note stay in sight; Escape leads back to the call.
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '#shared/domain/call-view.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { IconButton } from '../../parts/button.tsx';
import { IconSearch, IconX } from '../../parts/icons.ts';
import { KeyHint } from '../../parts/key-hint.tsx';
import { Notice } from '../../parts/notice.tsx';
import { type Choice, choicesOf, optionId, PeopleList, walked } from '../../parts/people-list.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { useOnceSettled, usePeople } from '../../parts/use-people.ts';
import { useFreeFirst } from './free-first.ts';
import styles from './route-panel.module.css';

export interface RoutePanelProps {
  readonly call: CallView;
  onClose(): void;
}

export function RoutePanel({ call, onClose }: RoutePanelProps) {
  const { t } = useTranslation();
  const transfer = useCommand('calls.transfer');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useFreeFirst(usePeople(text));
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const choices = choicesOf(found);
  const chosen = choices[Math.min(at, choices.length - 1)];
  useEffect(() => field.current?.focus({ preventScroll: true }), []);

  const give = async ({ target, allowed }: Choice) => {
    if (!allowed || transfer.running) return;
    if ((await transfer.run({ callId: call.callId, target })) !== undefined) onClose();
  };
  const enter = useOnceSettled(found?.text === text, () => {
    if (chosen) void give(chosen);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = walked(event, Math.min(at, choices.length - 1), choices.length);
    if (next !== null) setAt(next);
    else if (event.key === 'Enter') enter.run();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };

  return (
    <section className={styles.panel} aria-label={t('route.title')}>
      <div className={styles.head}>
        <h2 className={styles.title}>{t('route.title')}</h2>
        <IconButton icon={IconX} size="small" label={t('route.back')} onClick={onClose} />
      </div>
      <TextInput
        ref={field}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
        role="combobox"
        aria-label={t('route.field')}
        aria-expanded={choices.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? optionId(listId, Math.min(at, choices.length - 1)) : undefined}
        placeholder={t('route.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          enter.forget();
          transfer.forget();
        }}
        onKeyDown={onKeyDown}
      />
      {found && !found.live && <Notice>{t('people.notLive')}</Notice>}
      {found && choices.length > 0 && (
        <PeopleList
          id={listId}
          label={t('route.title')}
          found={found}
          at={Math.min(at, choices.length - 1)}
          onPoint={setAt}
          onChoose={(choice) => void give(choice)}
        />
      )}
      {found && choices.length === 0 && (
        <p className={styles.none} role="status">
          {text.trim() === '' ? t('people.nobody') : t('people.notFound', { text: text.trim() })}
        </p>
      )}
      <RefusalNotice reason={transfer.refusal} />
      <p className={styles.keys} aria-hidden="true">
        <KeyHint keys="↑ ↓" /> {t('route.keyChoose')} <KeyHint keys="⏎" /> {t('route.keyGive')}{' '}
        <KeyHint keys="Esc" /> {t('route.back')}
      </p>
    </section>
  );
}
