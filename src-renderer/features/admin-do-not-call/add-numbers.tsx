// Puts numbers on the list, one or thousands by paste; what the hub could not read stands in the field again.
import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../client/desktop-context.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import styles from './do-not-call.module.css';
import { numbersIn } from './numbers-in.ts';

const mostNumbers = 10_000;

export function AddNumbers({ drawer, onAdded }: { readonly drawer: DrawerControl; onAdded(): void }) {
  const { t } = useTranslation('admin');
  const command = useCommand('admin.doNotCall.add');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState<{ added: number; malformed: readonly string[] } | null>(null);
  const numbers = numbersIn(text);
  const count = numbers.length;
  const error =
    count > mostNumbers
      ? t('doNotCall.tooMany', { count })
      : tried && count === 0
        ? t('doNotCall.numbersMissing')
        : undefined;
  const save = async () => {
    setTried(true);
    if (count === 0 || count > mostNumbers) return;
    const answer = await command.run({ numbers, reason: reason.trim() });
    if (!answer) return;
    setDone(answer);
    setTried(false);
    setText(answer.malformed.join('\n'));
    onAdded();
  };
  return (
    <Drawer
      drawer={drawer}
      title={t('doNotCall.addTitle')}
      about={t('doNotCall.addAbout')}
      typed={text.trim() !== '' && text !== done?.malformed.join('\n')}
      saveWord={count === 0 ? t('doNotCall.addWordNone') : t('doNotCall.addWord', { count })}
      running={command.running}
      refusal={command.refusal}
      onSave={() => void save()}
    >
      <Textarea
        label={t('doNotCall.numbers')}
        description={t('doNotCall.numbersHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        classNames={{ input: `oh-figures ${styles.numbers}` }}
        rows={10}
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value);
          command.forget();
        }}
      />
      <TextInput
        label={t('doNotCall.reason')}
        description={t('doNotCall.reasonHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {done && (
        <Notice>
          {done.added > 0 ? t('doNotCall.added', { count: done.added }) : t('doNotCall.addedNone')}
        </Notice>
      )}
      {done && done.malformed.length > 0 && (
        <Notice tone="warn" title={t('doNotCall.malformedTitle', { count: done.malformed.length })}>
          {t('doNotCall.malformedText', { count: done.malformed.length })}
        </Notice>
      )}
    </Drawer>
  );
}
