// All settings of one mode in one project (DIAL-3), each with a word on what it does. Saved with the project's other modes
// as the hub has them; what two supervisors change in the same mode, the second decides.
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { DialMode } from '#shared/domain/dial-up.ts';
import { useClient, useCommand } from '../../client/desktop-context.tsx';
import { useVersioned } from '../../client/use-versioned.ts';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useEdit } from '../../parts/use-edit.ts';
import { useModeNames } from '../../parts/use-mode-names.ts';
import { LoadingDrawer } from './loading-drawer.tsx';
import { type ModeDraft, modeDraftOf, modeProblemsOf, withMode } from './mode-draft.ts';
import { ModeForm } from './mode-form.tsx';
import type { VersionedSettings } from './project-modes-drawer.tsx';
import { useModeWords } from './use-mode-words.tsx';

export interface ModeDrawerProps {
  readonly drawer: DrawerControl;
  readonly project: AdminProject;
  readonly mode: DialMode;
}

export function ModeDrawer(props: ModeDrawerProps) {
  const client = useClient();
  const { id } = props.project;
  const { latest, refusal, again, put } = useVersioned(
    useCallback(() => client.call('admin.dialUp.get', { projectId: id }), [client, id]),
    'dialUp',
  );
  const modeName = useModeNames();
  const title = modeName(props.mode);
  if (!latest)
    return <LoadingDrawer {...props} title={title} about={props.project.settings.name} refusal={refusal} />;
  return <EditMode {...props} title={title} latest={latest} again={again} put={put} />;
}

interface EditModeProps extends ModeDrawerProps {
  readonly title: string;
  readonly latest: VersionedSettings;
  again(): void;
  put(saved: VersionedSettings): void;
}

function EditMode({ drawer, project, mode, title, latest, again, put }: EditModeProps) {
  const { t } = useTranslation('admin');
  const command = useCommand('admin.dialUp.set');
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const draftOf = ({ settings }: VersionedSettings): ModeDraft => {
    const own = settings.modes.find((each) => each.mode === mode);
    if (!own) throw new Error('The settings of a project have every mode.');
    return modeDraftOf(own);
  };
  const edit = useEdit<ModeDraft>(draftOf(latest), latest.version);
  const words = useModeWords();
  const problems = modeProblemsOf(edit.values);
  const isFine = problems.counts.size + problems.extra.size === 0;
  const save = async () => {
    setTried(true);
    if (!isFine) return;
    const settings = withMode(latest.settings, mode, edit.values);
    const answer = await command.run({ projectId: project.id, version: edit.version, settings });
    // Whoever was quicker is shown at once.
    if (!answer) return again();
    put(answer);
    setTried(false);
    setSaved(true);
    edit.saved(draftOf(answer), answer.version);
  };
  return (
    <Drawer
      drawer={drawer}
      title={title}
      about={project.settings.name}
      typed={edit.typed}
      saveWord={t('drawer.save')}
      saveDisabled={!edit.typed || edit.conflicts.length > 0}
      running={command.running}
      refusal={command.refusal}
      onSave={() => void save()}
    >
      <ChangedMeanwhile edit={edit} label={words.label} show={words.show} />
      <ModeForm
        mode={mode}
        project={project}
        edit={{
          ...edit,
          set(field, value) {
            edit.set(field, value);
            if (command.refusal !== 'changedMeanwhile') command.forget();
          },
        }}
        problems={problems}
        tried={tried}
      />
      {saved && !edit.typed && <Notice>{t('listEditor.saved')}</Notice>}
      {tried && !isFine && <Notice tone="bad">{t('listEditor.inTheWay')}</Notice>}
    </Drawer>
  );
}
