// What is wrong with a user's fields, in words.
import { useTranslation } from 'react-i18next';
import type { NewUserValues, UserProblems } from './user-values.ts';

export function useProblemTexts(problems: UserProblems): Partial<Record<keyof NewUserValues, string>> {
  const { t } = useTranslation('admin');
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [field, t(`users.${problem}`)]),
  );
}
