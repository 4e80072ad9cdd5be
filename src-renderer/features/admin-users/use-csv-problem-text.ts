// What is wrong with a row of an import, in words: those of the forms where they are the same, the hub's own English ones
// where this desktop does not know the reason.
import { useTranslation } from 'react-i18next';
import type { CsvProblem } from '#shared/admin/users-contract.ts';
import { useRefusalText } from '../../client/use-refusal-text.ts';
import { adminEn } from '../../i18n/admin/admin-en.ts';
import { en } from '../../i18n/en.ts';

type OwnReason = keyof typeof adminEn.csvReason;

const malformedByColumn: Readonly<Record<string, OwnReason>> = {
  username: 'malformedUsername',
  email: 'malformedEmail',
  accountType: 'malformedGroup',
  mustChangePassword: 'malformedFlag',
  secondFactorDue: 'malformedFlag',
  mayCallOutside: 'malformedFlag',
};

export function useCsvProblemText(): (problem: CsvProblem) => string {
  const { t } = useTranslation('admin');
  const refusalText = useRefusalText();
  return ({ reason, column, message }) => {
    const own = ownReason(reason, column);
    if (own) return t(`csvReason.${own}`, { column: column ?? '' });
    const known = Object.hasOwn(en.refusal, reason) || Object.hasOwn(adminEn.refusal, reason);
    return known ? refusalText(reason) : message;
  };
}

function ownReason(reason: string, column: string | null): OwnReason | null {
  if (reason === 'malformed') return malformedByColumn[column ?? ''] ?? 'malformed';
  return Object.hasOwn(adminEn.csvReason, reason) ? (reason as OwnReason) : null;
}
