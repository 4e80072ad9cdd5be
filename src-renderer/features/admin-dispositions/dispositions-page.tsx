// Dispositions: a project is chosen, and its list edited.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { useVersioned } from '../../client/use-versioned.ts';
import { IconTag } from '../../parts/icons.ts';
import { ProjectPage } from '../../parts/project-page.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { DispositionEditor } from './disposition-editor.tsx';

export function DispositionsPage() {
  const { t } = useTranslation('admin');
  return (
    <ProjectPage title={t('nav.dispositions')} icon={IconTag} emptyText={t('dispositions.empty')}>
      {(project, onTyped) => <OfProject key={project.id} project={project} onTyped={onTyped} />}
    </ProjectPage>
  );
}

function OfProject(props: { readonly project: AdminProject; onTyped(typed: boolean): void }) {
  const client = useClient();
  const { id: projectId } = props.project;
  const { latest, refusal, ...source } = useVersioned(
    useCallback(() => client.call('admin.dispositions.get', { projectId }), [client, projectId]),
    'dispositions',
  );
  if (!latest) return <RefusalNotice reason={refusal === 'hubAway' ? null : refusal} />;
  return <DispositionEditor {...props} list={latest} source={source} />;
}
