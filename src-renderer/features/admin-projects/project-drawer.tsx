// One project, made or changed (TEAM-5). Where two admins have it open at the same time, what the first one saves is
// shown to the second before they can save over it.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdminProject, ProjectSettings } from '#shared/admin/projects-contract.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useIsSuperAdmin, useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Drawer, DrawerAction, DrawerSection } from '../../parts/drawer.tsx';
import { useFieldErrors } from '../../parts/field-errors.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useEdit } from '../../parts/use-edit.ts';
import {
  type DraftField,
  draftOf,
  isFine,
  type ProjectDraft,
  problemsOf,
  settingsOf,
} from './project-draft.ts';
import { fieldOfRefusal, ProjectForm } from './project-form.tsx';
import { useConflictText } from './use-conflict-text.tsx';

export interface ProjectDrawerProps {
  readonly drawer: DrawerControl;
  /** Null: a new one. */
  readonly project: AdminProject | null;
  /** How a new one begins; the same object each time. */
  readonly begin: ProjectDraft;
  onAdded(project: AdminProject): void;
  onRemoved(): void;
}

export function ProjectDrawer({ drawer, project, begin, onAdded, onRemoved }: ProjectDrawerProps) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const isSuperAdmin = useIsSuperAdmin();
  const users = useAdminList('users').answer ?? [];
  const teams = useAdminList('teams').answer ?? [];
  const projects = useAdminList('projects').answer ?? [];
  const add = useCommand('admin.projects.add');
  const change = useCommand('admin.projects.change');
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const edit = useEdit(project ? draftFor(project) : begin, project?.version ?? 0);
  const texts = useConflictText(users, projects);
  const { running, refusal, forget } = project ? change : add;
  const errors = useFieldErrors<DraftField>(refusal, fieldOfRefusal);

  const id = project?.id ?? null;
  const others = projects.filter((each) => each.id !== id);
  const problems = problemsOf(edit.values, { others, users, id });

  const save = async () => {
    setTried(true);
    if (!isFine(problems)) return;
    const settings = settingsToSend(edit.values, project);
    const answer = project
      ? await change.run({ id: project.id, version: edit.version, settings })
      : await add.run({ settings });
    if (!answer) {
      // Whoever was quicker is shown at once; the hub tells it too, but may not have yet.
      if (project) void lists.ask('projects');
      return;
    }
    lists.put('projects', (before) => [...before.filter((each) => each.id !== answer.id), answer]);
    setTried(false);
    setSaved(true);
    if (project) edit.saved(draftFor(answer), answer.version);
    else onAdded(answer);
  };
  const remembering: typeof edit = {
    ...edit,
    set(field, value) {
      edit.set(field, value);
      forget();
    },
  };
  return (
    <Drawer
      drawer={drawer}
      title={project?.settings.name ?? t('projects.addTitle')}
      about={project && project.settings.queueName !== project.settings.name && project.settings.queueName}
      typed={edit.typed}
      saveWord={t(project ? 'drawer.save' : 'drawer.create')}
      saveDisabled={edit.conflicts.length > 0 || (project !== null && !edit.typed)}
      running={running}
      refusal={errors.elsewhere}
      onSave={() => void save()}
      more={project && isSuperAdmin && <RemoveProject project={project} onRemoved={onRemoved} />}
    >
      <ChangedMeanwhile edit={edit} label={texts.label} show={texts.show} />
      <ProjectForm
        edit={remembering}
        problems={problems}
        errors={errors}
        tried={tried}
        mayChangeNumbers={isSuperAdmin}
        users={users}
        teams={teams}
        others={others}
        id={id}
      />
      {saved && !edit.typed && <Notice>{t('listEditor.saved')}</Notice>}
      {tried && !isFine(problems) && <Notice tone="bad">{t('listEditor.inTheWay')}</Notice>}
    </Drawer>
  );
}

const drafts = new WeakMap<AdminProject, ProjectDraft>();

/** Once for each answer of the hub: reading hundreds of numbers takes a moment. */
function draftFor(project: AdminProject): ProjectDraft {
  const known = drafts.get(project) ?? draftOf(project.settings);
  drafts.set(project, known);
  return known;
}

/** A number that was not touched goes back as it came, in the order in which it came. */
function settingsToSend(draft: ProjectDraft, project: AdminProject | null): ProjectSettings {
  const settings = settingsOf(draft);
  const untouched = project && JSON.stringify(draft.numbers) === JSON.stringify(draftFor(project).numbers);
  return untouched ? { ...settings, numbers: project.settings.numbers } : settings;
}

function RemoveProject({ project, onRemoved }: { readonly project: AdminProject; onRemoved(): void }) {
  const { t } = useTranslation('admin');
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const remove = useCommand('admin.projects.remove');
  const [asking, setAsking] = useState(false);
  const { id, version } = project;
  const removeNow = async () => {
    if ((await remove.run({ id, version })) === undefined) return void lists.ask('projects');
    lists.put('projects', (before) => before.filter((each) => each.id !== id));
    onRemoved();
  };
  return (
    <DrawerSection title={t('projects.section.remove')}>
      {asking ? (
        <Confirm
          title={t('projects.removeSure', { name: project.settings.name })}
          text={t('projects.removeSureText')}
          word={t('projects.removeYes')}
          running={remove.running || readOnly}
          onYes={() => void removeNow()}
          onNo={() => setAsking(false)}
        />
      ) : (
        <DrawerAction label={project.settings.name} hint={t('projects.removeHint')}>
          <Button size="small" disabled={readOnly} onClick={() => setAsking(true)}>
            {t('projects.remove')}
          </Button>
        </DrawerAction>
      )}
      <RefusalNotice reason={remove.refusal} />
    </DrawerSection>
  );
}
