// Choosing some of a few: an own word for "any" while nothing is chosen.
import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface SomeOfProps<V extends string> {
  readonly className: string | undefined;
  readonly label: string;
  /** Said while nothing is chosen. */
  readonly anyText: string;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly chosen: readonly V[];
  readonly error?: string | undefined;
  onChange(chosen: V[]): void;
}

export function SomeOf<V extends string>(props: SomeOfProps<V>) {
  const { options, chosen } = props;
  const { t } = useTranslation('admin');
  // What was chosen and is not there any more is shown still, so that it can be taken away.
  const known = new Set<string>(options.map(({ value }) => value));
  const lost = chosen.filter((each) => !known.has(each));
  return (
    <MultiSelect
      className={props.className}
      aria-label={props.label}
      placeholder={chosen.length === 0 ? props.anyText : undefined}
      searchable={options.length > 8}
      hidePickedOptions={false}
      data={[
        ...options.map((each) => ({ ...each })),
        ...lost.map((value) => ({ value, label: t('automations.gone') })),
      ]}
      value={[...chosen]}
      error={props.error}
      onChange={(next) => props.onChange(next as V[])}
    />
  );
}
