// A project's numbers: each in a field of its own with what is wrong with it, and one more to add; several may be pasted.
import { TextInput } from '@mantine/core';
import { type ClipboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../parts/button.tsx';
import { IconX } from '../../parts/icons.ts';
import { countryOf, readNumber, splitNumbers } from './phone-numbers.ts';
import type { NumberProblem } from './project-draft.ts';
import styles from './projects.module.css';

export interface NumbersFieldProps {
  readonly numbers: readonly string[];
  readonly problems: ReadonlyMap<number, NumberProblem>;
  /** False for supervisors: numbers are the company's. */
  readonly mayChange: boolean;
  onChange(numbers: string[]): void;
}

export function NumbersField({ numbers, problems, mayChange, onChange }: NumbersFieldProps) {
  const { t } = useTranslation('admin');
  const [typed, setTyped] = useState('');
  const [focused, setFocused] = useState<number | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const add = (text: string) => {
    const found = splitNumbers(text);
    if (found.length === 0) return;
    const country = countryOf([...numbers, ...found]);
    const fresh = found.map((each) => readNumber(each, country)?.shown ?? each);
    onChange([
      ...numbers,
      ...fresh.filter((each, at) => !numbers.includes(each) && fresh.indexOf(each) === at),
    ]);
    setTyped('');
  };
  const problemText = (problem: NumberProblem): string => {
    switch (problem.kind) {
      case 'malformed':
        return t('projects.numberMalformed');
      case 'national':
        return t('projects.numberNational');
      case 'twice':
        return t('projects.numberTwice');
      case 'taken':
        return t('projects.numberTaken', { name: problem.by });
      case 'extension':
        return t('projects.numberTakenBy', { name: problem.of });
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text');
    if (splitNumbers(text).length < 2) return;
    event.preventDefault();
    add(text);
  };

  if (!mayChange) {
    return (
      <ul className="oh-figures">
        {numbers.map((number) => (
          <li key={number}>{number}</li>
        ))}
        {numbers.length === 0 && <li className={styles.quiet}>{t('projects.noNumber')}</li>}
      </ul>
    );
  }
  return (
    <div className={styles.numbers}>
      {numbers.map((number, at) => {
        // What is being written need not be a number yet.
        const problem = at === focused ? undefined : problems.get(at);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a number is edited in its place, and may stand there twice while it is
          <div key={at} className={styles.number}>
            <TextInput
              type="tel"
              aria-label={t('projects.number', { place: at + 1 })}
              classNames={{ input: 'oh-figures' }}
              maxLength={40}
              value={number}
              error={problem ? problemText(problem) : undefined}
              onChange={(event) => onChange(numbers.with(at, event.currentTarget.value))}
              onFocus={() => setFocused(at)}
              onBlur={() => {
                setFocused(null);
                const shown = readNumber(number, countryOf(numbers))?.shown;
                if (shown !== undefined && shown !== number) onChange(numbers.with(at, shown));
              }}
            />
            <IconButton
              icon={IconX}
              label={t('projects.removeNumber', { number })}
              onClick={() => {
                onChange(numbers.toSpliced(at, 1));
                field.current?.focus();
              }}
            />
          </div>
        );
      })}
      <div className={styles.addNumber}>
        <TextInput
          ref={field}
          type="tel"
          aria-label={t('projects.newNumber')}
          placeholder={t('projects.newNumber')}
          description={t('projects.newNumberHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          classNames={{ input: 'oh-figures' }}
          maxLength={400}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onPaste={onPaste}
          onBlur={() => add(typed)}
          onKeyDown={(event) => {
            // Adds it, rather than saving the form around.
            if (event.key !== 'Enter' || event.ctrlKey || typed.trim() === '') return;
            event.preventDefault();
            add(typed);
          }}
        />
        <Button disabled={typed.trim() === ''} onClick={() => add(typed)}>
          {t('projects.addNumber')}
        </Button>
      </div>
    </div>
  );
}
