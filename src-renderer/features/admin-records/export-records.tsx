// Records as a file: the hub gives them piece by piece, main writes the whole into the folder for downloads.
import { Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordKind, recordKind } from '#shared/domain/disposition.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import styles from './records.module.css';

/** As the hub gives them: each piece but the last has so many. */
const recordsOfPiece = 1_000;
const all = 'all';
const none = 'none';

export function ExportRecords({ drawer }: { readonly drawer: DrawerControl }) {
  const { t } = useTranslation('admin');
  const { t: tAll, i18n } = useTranslation();
  const projects = useAdminList('projects').answer ?? [];
  const ask = useCommand('admin.records.exportCsv');
  const save = useCommand('window.saveFile');
  const [project, setProject] = useState<string>(all);
  const [kind, setKind] = useState<RecordKind | null>(null);
  const [pieces, setPieces] = useState<number | null>(null);
  const [savedAs, setSavedAs] = useState<string | null>(null);
  const isClosed = useRef(false);
  useEffect(() => {
    isClosed.current = false;
    return () => {
      isClosed.current = true;
    };
  }, []);
  const run = async () => {
    setSavedAs(null);
    save.forget();
    const projectId = project === all ? all : project === none ? null : (project as ProjectId);
    const parts: string[] = [];
    let cursor: string | null = null;
    do {
      setPieces(parts.length);
      const piece: { csv: string; cursor: string | null } | undefined = await ask.run({
        projectId,
        kind,
        cursor,
      });
      if (!piece || isClosed.current) return setPieces(null);
      parts.push(piece.csv);
      cursor = piece.cursor;
    } while (cursor !== null);
    const saved = await save.run({ name: `offhook-records-${today()}.csv`, text: parts.join('') });
    setSavedAs(saved?.path ?? null);
    setPieces(null);
  };
  const { compare } = new Intl.Collator(i18n.language, { numeric: true });
  return (
    <Drawer
      drawer={drawer}
      title={t('records.exportTitle')}
      about={t('records.exportLead')}
      typed={false}
      saveWord={t('records.doExport')}
      running={pieces !== null}
      refusal={ask.refusal ?? save.refusal}
      onSave={() => void run()}
    >
      <Select
        label={t('records.exportProject')}
        searchable={projects.length > 8}
        allowDeselect={false}
        data={[
          { value: all, label: t('records.allProjects') },
          { value: none, label: t('records.noProject') },
          ...projects
            .map(({ id, settings }) => ({ value: String(id), label: settings.name }))
            .sort((a, b) => compare(a.label, b.label)),
        ]}
        value={project}
        onChange={(value) => setProject(value ?? all)}
      />
      <Select
        label={t('records.exportKind')}
        allowDeselect={false}
        data={[
          { value: all, label: t('records.allKinds') },
          ...recordKind.options.map((each) => ({ value: each, label: tAll(`recordKind.${each}`) })),
        ]}
        value={kind ?? all}
        onChange={(value) => setKind(value === all ? null : recordKind.parse(value))}
      />
      <p className={styles.formats}>{t('records.exportPersonal')}</p>
      {pieces !== null && (
        <p className={`oh-figures ${styles.quiet}`} role="status">
          {save.running ? t('records.writing') : t('records.exporting', { count: pieces * recordsOfPiece })}
        </p>
      )}
      {savedAs !== null && <Notice>{t('csvImport.saved', { path: savedAs })}</Notice>}
    </Drawer>
  );
}

/** 2026-11-21, by this computer's clock. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
