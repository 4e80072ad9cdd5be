// What the modes of call mode are called: by their words, the free ones as an admin has named them.
import { useTranslation } from 'react-i18next';
import type { DialMode } from '#shared/domain/dial-up.ts';
import { useAdminList } from '../client/admin-lists.ts';

export function useModeNames(): (mode: DialMode) => string {
  const { t } = useTranslation('admin');
  const free = useAdminList('freeModes').answer?.modes ?? [];
  return (mode) => free.find((each) => each.mode === mode)?.name || t(`callMode.modes.${mode}`);
}
