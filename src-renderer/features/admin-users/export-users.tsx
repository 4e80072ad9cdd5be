// All users as a file: the hub makes the text, main writes it into the folder for downloads and says where.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { csvColumns } from '#shared/admin/users-contract.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Button } from '../../parts/button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';

export interface UserFiles {
  exportAll(): Promise<void>;
  saveTemplate(): Promise<void>;
  readonly running: boolean;
  /** Where the last file was written. */
  readonly savedAs: string | null;
  readonly refusal: string | null;
  forget(): void;
}

export function useUserFiles(): UserFiles {
  const ask = useCommand('admin.users.exportCsv');
  const save = useCommand('window.saveFile');
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const write = async (name: string, text: string) => {
    const saved = await save.run({ name, text });
    setSavedAs(saved?.path ?? null);
  };
  return {
    async exportAll() {
      setSavedAs(null);
      const exported = await ask.run(null);
      // The mark at the beginning tells Excel that it is UTF-8.
      if (exported)
        await write(`offhook-users-${today()}.csv`, `\uFEFF${exported.csv.replace(/^\uFEFF/, '')}`);
    },
    saveTemplate: () => write('offhook-users-template.csv', `\uFEFF${csvColumns.join(',')}\r\n`),
    running: ask.running || save.running,
    savedAs,
    refusal: ask.refusal ?? save.refusal,
    forget() {
      ask.forget();
      save.forget();
      setSavedAs(null);
    },
  };
}

/** 2026-11-21, by this computer's clock. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function ExportNotice({ files }: { readonly files: UserFiles }) {
  const { t } = useTranslation('admin');
  if (files.refusal !== null) return <RefusalNotice reason={files.refusal} />;
  if (files.savedAs === null) return null;
  return (
    <Notice
      actions={
        <Button size="small" onClick={files.forget}>
          {t('csv.dismiss')}
        </Button>
      }
    >
      {t('csv.exported', { path: files.savedAs })}
    </Notice>
  );
}
