// What is wrong with a row of an import, in the window's language. For the preview and for the file of problems.
import { useTranslation } from 'react-i18next';

/** @returns the hub's own words where a newer one knows a reason that we do not */
export function useImportProblemText(): (problem: {
  readonly reason: string;
  readonly message: string;
}) => string {
  const { i18n } = useTranslation('admin');
  return ({ reason, message }) => {
    const text: unknown = i18n.getResource(i18n.language, 'admin', `importProblem.${reason}`);
    return typeof text === 'string' ? text : message;
  };
}
