// Incoming-call form (FORM-2): a project is chosen, and its form edited beside a preview.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import { useClient } from '../../client/desktop-context.tsx';
import { useVersioned } from '../../client/use-versioned.ts';
import { IconForms } from '../../parts/icons.ts';
import { ProjectPage } from '../../parts/project-page.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { CallFormEditor } from './call-form-editor.tsx';

export function CallFormPage() {
  const { t } = useTranslation('admin');
  return (
    <ProjectPage title={t('nav.callForm')} icon={IconForms} emptyText={t('callForm.empty')}>
      {(project, onTyped) => <OfProject key={project.id} project={project} onTyped={onTyped} />}
    </ProjectPage>
  );
}

function OfProject(props: { readonly project: AdminProject; onTyped(typed: boolean): void }) {
  const client = useClient();
  const { id: projectId } = props.project;
  const { latest, refusal, ...source } = useVersioned(
    useCallback(() => client.call('admin.callForms.get', { projectId }), [client, projectId]),
    'callForms',
  );
  if (!latest) return <RefusalNotice reason={refusal === 'hubAway' ? null : refusal} />;
  return <CallFormEditor {...props} latest={latest} source={source} />;
}
