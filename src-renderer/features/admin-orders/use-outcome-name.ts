// What an outcome is called for supervisors: an extra button as it was called then, any other by its usual word.
import { useTranslation } from 'react-i18next';
import type { Attempt } from '#shared/domain/order.ts';

export function useOutcomeName(): (attempt: Pick<Attempt, 'button' | 'buttonLabel'>) => string {
  const { t } = useTranslation('admin');
  return ({ button, buttonLabel }) => buttonLabel || t(`callMode.buttons.${button}`);
}
