// What else is known of a record: firm, address, owner, tags, the project's own fields, the description.
import { useTranslation } from 'react-i18next';
import type { RecordPage } from '#shared/desktop/records-contract.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { customText } from '../../parts/custom-text.ts';
import { DetailSection, Facts } from '../../parts/detail-page.tsx';
import styles from './record-detail.module.css';
import { useCustomFields } from './use-custom-fields.ts';

export function RecordFacts({ page }: { readonly page: RecordPage }) {
  const { t, i18n } = useTranslation('records');
  const format = useFormat();
  const { record } = page;
  const customFields = useCustomFields(record.projectId);
  const words = { yes: t('record.yes'), no: t('record.no'), language: i18n.language };
  const address = [
    [record.street, record.houseNumber].filter(Boolean).join(' '),
    [record.zipCode, record.city].filter(Boolean).join(' '),
    record.country,
  ].filter((line) => line !== '');
  const addressLines = <span className={styles.lines}>{address.join('\n')}</span>;
  const tags = (
    <span className={styles.tags}>
      {record.tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
  const showsCompany = record.kind !== 'company' && (record.firstName + record.lastName).trim() !== '';
  return (
    <DetailSection title={t('record.details')}>
      <Facts
        facts={[
          [t('record.companyName'), showsCompany ? record.companyName : null],
          [t('record.address'), address.length === 0 ? null : addressLines],
          [t('record.owner'), page.ownerName],
          [t('record.tags'), record.tags.length === 0 ? null : tags],
          ...customFields.map(
            (field) => [field.label, customText(field, record.fields[field.key], words)] as const,
          ),
        ]}
      />
      {record.description !== '' && (
        <p className={styles.description}>
          <span className="oh-unseen">{t('record.description')}: </span>
          {record.description}
        </p>
      )}
      <p className={styles.dates}>
        {record.version === 0
          ? t('record.createdHere', { time: format.dateTime(record.createdAtMs) })
          : t('record.created', { time: format.dateTime(record.createdAtMs) })}
        {record.changedAtMs > record.createdAtMs &&
          ` · ${t('record.changed', { time: format.dateTime(record.changedAtMs) })}`}
      </p>
    </DetailSection>
  );
}
