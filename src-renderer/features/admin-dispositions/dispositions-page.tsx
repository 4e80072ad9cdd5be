// Dispositions: a project is chosen, and its list edited. Choosing another one while something is not saved asks first.
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { Button } from '../../parts/button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { IconTag } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { DispositionEditor } from './disposition-editor.tsx';
import { useDispositions } from './use-dispositions.ts';

export function DispositionsPage() {
  const { t, i18n } = useTranslation('admin');
  const { answer: projects, refusal } = useAdminList('projects');
  const [chosenId, setChosenId] = useState<ProjectId | null>(null);
  const [wanted, setWanted] = useState<ProjectId | null>(null);
  const [typed, setTyped] = useState(false);
  const collator = new Intl.Collator(i18n.language, { numeric: true });
  const ordered = [...(projects ?? [])].sort((a, b) => collator.compare(a.settings.name, b.settings.name));
  const chosen = ordered.find(({ id }) => id === chosenId) ?? ordered[0];
  const choose = (id: ProjectId) => {
    if (typed && id !== chosen?.id) setWanted(id);
    else setChosenId(id);
  };
  return (
    <AdminPage
      title={t('nav.dispositions')}
      refusal={refusal}
      filters={
        chosen && (
          <Select
            w={400}
            aria-label={t('dispositions.project')}
            searchable={ordered.length > 8}
            data={ordered.map(({ id, settings }) => ({ value: String(id), label: settings.name }))}
            value={String(chosen.id)}
            onChange={(id) => id !== null && choose(id as ProjectId)}
          />
        )
      }
      notice={
        wanted && (
          <Notice
            tone="warn"
            title={t('drawer.discardTitle')}
            actions={
              <>
                <Button size="small" autoFocus onClick={() => setWanted(null)}>
                  {t('drawer.keepEditing')}
                </Button>
                <Button
                  size="small"
                  tone="stop"
                  onClick={() => {
                    setChosenId(wanted);
                    setWanted(null);
                    setTyped(false);
                  }}
                >
                  {t('drawer.discard')}
                </Button>
              </>
            }
          >
            {t('drawer.discardText')}
          </Notice>
        )
      }
    >
      {chosen ? (
        <OfProject key={chosen.id} project={chosen} onTyped={setTyped} />
      ) : (
        projects && (
          <EmptyState icon={IconTag} title={t('dispositions.emptyTitle')} text={t('dispositions.empty')} />
        )
      )}
    </AdminPage>
  );
}

function OfProject(props: { readonly project: AdminProject; onTyped(typed: boolean): void }) {
  const { list, refusal, again, put } = useDispositions(props.project.id);
  if (!list) return <RefusalNotice reason={refusal === 'hubAway' ? null : refusal} />;
  return <DispositionEditor {...props} list={list} source={{ again, put }} />;
}
