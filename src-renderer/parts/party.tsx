// Who is at the other end, in the same words everywhere: name, number as people write it, kind of record.
import { useTranslation } from 'react-i18next';
import type { CallFormView } from '#shared/domain/call-form-view.ts';
import type { RemoteParty } from '#shared/domain/call-view.ts';
import { Chip } from './chip.tsx';
import { IconEyeOff, IconUser, IconUserQuestion, IconUsers } from './icons.ts';

export interface PartyText {
  /** Never empty: the name, else the number, else what is known about not knowing. */
  readonly title: string;
  /** The number where the title is not already it; else null. */
  readonly number: string | null;
}

/** Returns the way to put a party into words. */
export function usePartyText(): (remote: RemoteParty) => PartyText {
  const { t } = useTranslation();
  return (remote) => {
    const name = remote.name?.trim();
    if (remote.withheld || remote.number === null) {
      return name
        ? { title: name, number: t('common.withheld') }
        : { title: t('common.withheld'), number: null };
    }
    const number = remote.display || remote.number;
    return name ? { title: name, number } : { title: number, number: null };
  };
}

/** FORM-8: that the name shown is one of several. */
export function MatchCount({ form }: { readonly form: Pick<CallFormView, 'candidates'> }) {
  const { t } = useTranslation();
  if (form.candidates.length < 2) return null;
  return <Chip icon={IconUsers}>{t('recordKind.matches', { count: form.candidates.length })}</Chip>;
}

export function RecordKindChip({ remote }: { readonly remote: RemoteParty }) {
  const { t } = useTranslation();
  if (remote.recordKind) {
    return (
      <Chip icon={IconUser} tone="accent">
        {t(`recordKind.${remote.recordKind}`)}
      </Chip>
    );
  }
  return <Chip icon={remote.withheld ? IconEyeOff : IconUserQuestion}>{t('recordKind.none')}</Chip>;
}
