// Call mode > Dial-up settings (DIAL-5): all projects by modes, each cell with what waits and who may work it; a cell opens
// its settings (DIAL-3), a project's name those of all its modes.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DialMode, dialMode } from '#shared/domain/dial-up.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { AdminPage } from '../../parts/admin-page.tsx';
import { Button } from '../../parts/button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { GoneDrawer } from '../../parts/gone-drawer.tsx';
import { IconPhoneOutgoing, IconSearch, IconSettings } from '../../parts/icons.ts';
import { matches } from '../../parts/sort-rows.ts';
import { useDrawer } from '../../parts/use-drawer.ts';
import { FreeModesDrawer } from './free-modes-drawer.tsx';
import { Matrix } from './matrix.tsx';
import { ModeDrawer } from './mode-drawer.tsx';
import { ProjectModesDrawer } from './project-modes-drawer.tsx';

type Choice =
  | { readonly kind: 'mode'; readonly projectId: ProjectId; readonly mode: DialMode }
  | { readonly kind: 'project'; readonly projectId: ProjectId }
  | { readonly kind: 'freeModes' };

export function DialUpPage() {
  const { t, i18n } = useTranslation('admin');
  const { answer: cells, refusal } = useAdminList('dialUp');
  const projects = useAdminList('projects').answer;
  // Asked now, so that drawers open with them.
  useAdminList('users');
  useAdminList('freeModes');
  useAdminList('orderStatuses');
  const [search, setSearch] = useState('');
  const drawer = useDrawer<Choice>();
  const { choice } = drawer;

  const shown = useMemo(() => {
    const collator = new Intl.Collator(i18n.language, { numeric: true });
    const inMatrix = new Set(cells?.map(({ projectId }) => projectId));
    return (projects ?? [])
      .filter(({ id, settings }) => inMatrix.has(id) && matches(search, [settings.name]))
      .sort((a, b) => collator.compare(a.settings.name, b.settings.name));
  }, [projects, cells, search, i18n.language]);
  const project =
    choice && choice.kind !== 'freeModes' ? projects?.find(({ id }) => id === choice.projectId) : undefined;
  const count = projects?.length ?? 0;
  return (
    <AdminPage
      title={t('nav.dialUp')}
      count={projects && t('dialUp.count', { count })}
      search={{ text: search, label: t('dialUp.search'), onChange: setSearch }}
      tools={
        <Button icon={IconSettings} onClick={() => drawer.open({ kind: 'freeModes' })}>
          {t('dialUp.freeModes')}
        </Button>
      }
      refusal={refusal}
      wideDrawer
      onEscape={choice ? drawer.close : undefined}
      drawer={
        choice?.kind === 'freeModes' ? (
          <FreeModesDrawer drawer={drawer} />
        ) : choice && project ? (
          choice.kind === 'mode' ? (
            <ModeDrawer
              key={`${project.id} ${choice.mode}`}
              drawer={drawer}
              project={project}
              mode={choice.mode}
            />
          ) : (
            <ProjectModesDrawer key={project.id} drawer={drawer} project={project} />
          )
        ) : choice && projects ? (
          <GoneDrawer drawer={drawer} text={t('dialUp.gone')} />
        ) : null
      }
    >
      {cells && projects && (
        <Matrix
          projects={shown}
          cells={cells}
          modes={dialMode.options}
          chosen={choice?.kind === 'mode' ? `${choice.projectId} ${choice.mode}` : null}
          onMode={(projectId, mode) => drawer.open({ kind: 'mode', projectId, mode })}
          onProject={(projectId) => drawer.open({ kind: 'project', projectId })}
          empty={
            search === '' ? (
              <EmptyState icon={IconPhoneOutgoing} title={t('dialUp.emptyTitle')} text={t('dialUp.empty')} />
            ) : (
              <EmptyState icon={IconSearch} title={t('page.noneFoundTitle')} text={t('page.noneFound')} />
            )
          }
        />
      )}
    </AdminPage>
  );
}
