// Dispositions: a project is chosen, and its list edited.
import { useTranslation } from 'react-i18next';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { DesktopClient } from '../../client/desktop-client.ts';
import { IconTag } from '../../parts/icons.ts';
import { VersionedProjectPage } from '../../parts/project-page.tsx';
import { DispositionEditor } from './disposition-editor.tsx';

const ask = (client: DesktopClient, projectId: ProjectId) =>
  client.call('admin.dispositions.get', { projectId });

export function DispositionsPage() {
  const { t } = useTranslation('admin');
  return (
    <VersionedProjectPage
      title={t('nav.dispositions')}
      icon={IconTag}
      emptyText={t('dispositions.empty')}
      ask={ask}
      kind="dispositions"
    >
      {(edited) => <DispositionEditor {...edited} />}
    </VersionedProjectPage>
  );
}
