// A text that may hold names in double braces, and the menu that puts them in where the caret stands.
import { Menu, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { templateNames } from '#shared/domain/automation.ts';
import type { CustomField } from '#shared/domain/call-form.ts';
import { IconButton } from '../../parts/button.tsx';
import { IconBraces } from '../../parts/icons.ts';

export interface TemplateFieldProps {
  readonly className: string | undefined;
  readonly label: string;
  readonly placeholder?: string;
  readonly maxLength: number;
  /** More than one line. */
  readonly long?: boolean;
  readonly value: string;
  readonly error: string | undefined;
  /** The project's own, which have names too. */
  readonly fields: readonly CustomField[];
  onChange(value: string): void;
}

/** Beside the first line, as in a field of one. */
const atTop = { section: { alignItems: 'flex-start', paddingTop: 3 } };

const groups = ['record', 'call', 'order'] as const;

export function TemplateField(props: TemplateFieldProps) {
  const { label, value, onChange, long = false } = props;
  const { t } = useTranslation('admin');
  const line = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const field = long ? text.current : line.current;
    const from = field?.selectionStart ?? value.length;
    const to = field?.selectionEnd ?? value.length;
    const put = `{{${name}}}`;
    onChange(value.slice(0, from) + put + value.slice(to));
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + put.length, from + put.length);
    });
  };
  const menu = (
    <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <IconButton
          icon={IconBraces}
          size="small"
          label={`${t('automations.insert')}: ${label}`}
          hint={t('automations.insertHint')}
        />
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {groups.map((group) => (
          <div key={group}>
            <Menu.Label>{t(`automations.nameGroup.${group}`)}</Menu.Label>
            {templateNames
              .filter((name) => name.startsWith(`${group}.`))
              .map((name) => (
                <Menu.Item key={name} onClick={() => insert(name)}>
                  {t(`automations.names.${name}`)}
                </Menu.Item>
              ))}
            {group === 'record' &&
              props.fields.map((field) => (
                <Menu.Item key={field.key} onClick={() => insert(`record.fields.${field.key}`)}>
                  {field.label}
                </Menu.Item>
              ))}
          </div>
        ))}
        <Menu.Label>{t('automations.nameGroup.rest')}</Menu.Label>
        {(['agent.name', 'project.name'] as const).map((name) => (
          <Menu.Item key={name} onClick={() => insert(name)}>
            {t(`automations.names.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  const shared = {
    className: props.className,
    'aria-label': label,
    placeholder: props.placeholder ?? label,
    maxLength: props.maxLength,
    value,
    error: props.error,
    rightSection: menu,
    rightSectionPointerEvents: 'all',
  } as const;
  return long ? (
    <Textarea
      {...shared}
      ref={text}
      styles={atTop}
      autosize
      minRows={3}
      maxRows={10}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...shared} ref={line} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}
