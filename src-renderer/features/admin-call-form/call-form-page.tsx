// Incoming-call form (FORM-2): a project is chosen, and its form edited beside a preview.
import { useTranslation } from 'react-i18next';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';
import { IconForms } from '../../parts/icons.ts';
import { VersionedProjectPage } from '../../parts/project-page.tsx';
import { CallFormEditor } from './call-form-editor.tsx';

const ask = (client: DesktopClient, projectId: ProjectId) =>
  client.call('admin.callForms.get', { projectId });

export function CallFormPage() {
  const { t } = useTranslation('admin');
  return (
    <VersionedProjectPage
      title={t('nav.callForm')}
      icon={IconForms}
      emptyText={t('callForm.empty')}
      ask={ask}
      kind="callForms"
    >
      {(edited) => <CallFormEditor {...edited} />}
    </VersionedProjectPage>
  );
}
