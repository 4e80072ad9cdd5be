// How a user's account stands, in chips: only what is not as usual, and that a second factor protects it.
import { useTranslation } from 'react-i18next';
import type { AdminUser } from '#shared/admin/users-contract.ts';
import { Chip } from '../../parts/chip.tsx';
import { IconKey, IconPhoneOff, IconShieldCheck, IconUserOff } from '../../parts/icons.ts';

export function UserChips({ user }: { readonly user: AdminUser }) {
  const { t } = useTranslation('admin');
  return (
    <>
      {user.disabledAtMs !== null && (
        <Chip icon={IconUserOff} tone="bad">
          {t('users.chip.disabled')}
        </Chip>
      )}
      {user.mustChangePassword && (
        <Chip icon={IconKey} tone="warn">
          {t('users.chip.mustChangePassword')}
        </Chip>
      )}
      {user.secondFactor === 'due' && (
        <Chip icon={IconShieldCheck} tone="warn">
          {t('users.chip.secondFactorDue')}
        </Chip>
      )}
      {user.secondFactor === 'on' && (
        <Chip icon={IconShieldCheck} tone="good">
          {t('users.chip.secondFactorOn')}
        </Chip>
      )}
      {!user.mayCallOutside && <Chip icon={IconPhoneOff}>{t('users.chip.insideOnly')}</Chip>}
    </>
  );
}
