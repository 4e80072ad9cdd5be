// Who looks after a record: oneself, nobody, or a colleague found by name.
import { Select } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type UserId, userId } from '#shared/domain/ids.ts';
import { useClient, useLive } from '../../client/desktop-context.tsx';
import { useAsked } from '../../client/use-asked.ts';

const mostFound = 50;

interface OwnerFieldProps {
  readonly ownerId: UserId | null;
  onChange(ownerId: UserId | null): void;
}

export function OwnerField({ ownerId, onChange }: OwnerFieldProps) {
  const { t } = useTranslation('records');
  const client = useClient();
  const session = useLive('session');
  const [text, setText] = useState('');
  const found = useAsked(
    useCallback(() => client.call('people.search', { text, limit: mostFound }), [client, text]),
  );
  const choices = useAsked(useCallback(() => client.call('records.choices', null), [client]));
  const known = new Map<UserId, string>();
  if (session.state === 'signedIn') known.set(session.user.userId, session.user.displayName);
  for (const person of found.answer?.people ?? []) known.set(person.userId, person.displayName);
  const owner = choices.answer?.owners.find((each) => each.userId === ownerId);
  if (owner) known.set(owner.userId, owner.name);
  if (ownerId !== null && !known.has(ownerId)) known.set(ownerId, '…');
  return (
    <Select
      label={t('record.owner')}
      searchable
      value={ownerId ?? ''}
      data={[
        { value: '', label: t('record.noOwner') },
        ...[...known].map(([value, label]) => ({ value, label })),
      ]}
      onSearchChange={(typed) =>
        setText([...known.values(), t('record.noOwner')].includes(typed) ? '' : typed)
      }
      onChange={(chosen) => onChange(chosen ? userId.parse(chosen) : null)}
    />
  );
}
