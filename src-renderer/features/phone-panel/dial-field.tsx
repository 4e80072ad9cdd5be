// Where a number, an extension or a colleague's name is typed. Whether it can be dialled is for main to say.
import { TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { Button } from '../../parts/button.tsx';
import { IconPhone } from '../../parts/icons.ts';
import { choicesOf, optionId, PeopleList, walked } from '../../parts/people-list.tsx';
import { useOnceSettled, usePeople } from '../../parts/use-people.ts';
import styles from './phone-panel.module.css';

export interface DialFieldProps {
  readonly start: string;
  onDialled(): void;
}

/** None is chosen: what was typed is dialled. */
const typedOne = -1;

export function DialField({ start, onDialled }: DialFieldProps) {
  const { t } = useTranslation();
  const text = useRefusalText();
  const dial = useCommand('calls.dial');
  const [target, setTarget] = useState(start);
  const [walkedTo, setWalkedTo] = useState<number | null>(null);
  const listId = useId();
  const all = usePeople(target.trim());
  const typed = target.trim() !== '' && !/[@:]/.test(target);
  // A number that is nobody's stands in the field already.
  const found = all && typed ? { ...all, number: null } : undefined;
  const choices = choicesOf(found);
  // Letters mean a name; digits are dialled as they are, unless somebody is chosen.
  const at = Math.min(walkedTo ?? (/\p{Letter}/u.test(target) ? 0 : typedOne), choices.length - 1);
  const call = async (whom: string) => {
    if ((await dial.run({ target: whom })) !== undefined) onDialled();
  };
  // Digits are dialled as they stand; a name waits for the people that it finds.
  const settled = !/\p{Letter}/u.test(target) || all?.text === target.trim();
  const enter = useOnceSettled(settled, () => void call(choices[at]?.target ?? target));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = walked(event, at, choices.length);
    if (next === null) return;
    setWalkedTo(next);
    event.preventDefault();
  };
  return (
    <>
      <form className={styles.dial} onSubmit={submit} noValidate>
        <TextInput
          className={styles.dialInput}
          classNames={{ input: 'oh-figures' }}
          aria-label={t('phone.dialLabel')}
          aria-controls={choices.length > 0 ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={choices[at] ? optionId(listId, at) : undefined}
          placeholder={t('phone.dialPlaceholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          data-autofocus
          value={target}
          error={dial.refusal ? text(dial.refusal) : null}
          onChange={(event) => {
            setTarget(event.currentTarget.value);
            setWalkedTo(null);
            enter.forget();
            dial.forget();
          }}
          onKeyDown={onKeyDown}
        />
        <Button
          type="submit"
          tone="go"
          icon={IconPhone}
          className={styles.dialButton}
          disabled={dial.running}
        >
          {t('phone.dial')}
        </Button>
      </form>
      {found && choices.length > 0 && (
        <PeopleList
          id={listId}
          label={t('people.title')}
          found={found}
          at={at}
          onPoint={setWalkedTo}
          onChoose={(choice) => void call(choice.target)}
        />
      )}
    </>
  );
}
