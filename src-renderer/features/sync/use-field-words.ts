// A record's field and its value in words, for showing two versions of it side by side.
import { useTranslation } from 'react-i18next';
import { recordKind } from '#shared/domain/disposition.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { RecordChanges } from '#shared/domain/record.ts';
import { useLive } from '../../client/desktop-context.tsx';
import { recordsEn } from '../../i18n/records/records-en.ts';

const ownFieldPrefix = 'fields.';

type FieldWord =
  | 'kind'
  | 'firstName'
  | 'lastName'
  | 'companyName'
  | 'street'
  | 'houseNumber'
  | 'zipCode'
  | 'city'
  | 'country'
  | 'description'
  | 'project'
  | 'owner'
  | 'tags'
  | 'numbers'
  | 'emails';

const isWord = (field: string): field is FieldWord =>
  field !== 'numberLabel' && Object.hasOwn(recordsEn.record, field);

export interface FieldWords {
  /** @param field as in `clashes`: a key of the record, 'fields.<key>' for a project's own */
  name(field: string): string;
  /** '' where it is empty */
  value(field: string, of: RecordChanges): string;
}

export function useFieldWords(projectId: ProjectId | null): FieldWords {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const session = useLive('session');
  const forms = useLive('callForms');
  const ownFields = forms.find((each) => each.projectId === projectId)?.form.customFields ?? [];
  return {
    name(field) {
      if (field.startsWith(ownFieldPrefix)) {
        const key = field.slice(ownFieldPrefix.length);
        return ownFields.find((each) => each.key === key)?.label ?? key;
      }
      const word = field === 'projectId' ? 'project' : field === 'ownerId' ? 'owner' : field;
      return isWord(word) ? t(`record.${word}`) : field;
    },
    value(field, of) {
      const value: unknown = field.startsWith(ownFieldPrefix)
        ? of.fields?.[field.slice(ownFieldPrefix.length)]
        : of[field as keyof RecordChanges];
      if (value === undefined || value === null) return '';
      if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no');
      if (field === 'kind') {
        const kind = recordKind.safeParse(value);
        return kind.success ? common(`recordKind.${kind.data}`) : String(value);
      }
      if (field === 'projectId') {
        const projects = session.state === 'signedIn' ? session.projects : [];
        return projects.find(({ id }) => id === value)?.name ?? '…';
      }
      return String(value);
    },
  };
}
