// The table of projects by modes: how many orders wait in each, who may work it, and the way to its settings.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DialUpCell } from '#shared/admin/dial-up-contract.ts';
import type { AdminProject } from '#shared/admin/projects-contract.ts';
import type { DialMode } from '#shared/domain/dial-up.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useAdminList } from '../../client/admin-lists.ts';
import { IconSettings, IconUsers } from '../../parts/icons.ts';
import { useModeNames } from '../../parts/use-mode-names.ts';
import styles from './dial-up.module.css';

export interface MatrixProps {
  /** In the order in which they stand. */
  readonly projects: readonly AdminProject[];
  readonly cells: readonly DialUpCell[];
  readonly modes: readonly DialMode[];
  /** Project and mode of the open drawer. */
  readonly chosen: string | null;
  onMode(projectId: ProjectId, mode: DialMode): void;
  onProject(projectId: ProjectId): void;
  readonly empty: ReactNode;
}

export function Matrix(props: MatrixProps) {
  const { projects, cells, modes } = props;
  const { t } = useTranslation('admin');
  const modeName = useModeNames();
  const byKey = new Map(cells.map((cell) => [`${cell.projectId} ${cell.mode}`, cell]));
  if (projects.length === 0) return props.empty;
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix} aria-label={t('nav.dialUp')}>
        <thead>
          <tr>
            <th scope="col">{t('dialUp.project')}</th>
            {modes.map((mode) => (
              <th key={mode} scope="col">
                {modeName(mode)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {projects.map(({ id, settings }) => (
            <tr key={id}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.project}
                  aria-label={t('dialUp.projectSettings', { project: settings.name })}
                  title={t('dialUp.projectSettings', { project: settings.name })}
                  onClick={() => props.onProject(id)}
                >
                  <span className={styles.projectName}>{settings.name}</span>
                  <IconSettings size={16} stroke={1.75} aria-hidden="true" className={styles.gear} />
                </button>
              </th>
              {modes.map((mode) => {
                const cell = byKey.get(`${id} ${mode}`);
                return (
                  <td key={mode} data-chosen={props.chosen === `${id} ${mode}` || undefined}>
                    {cell && (
                      <Cell
                        cell={cell}
                        project={settings.name}
                        mode={modeName(mode)}
                        onOpen={() => props.onMode(id, mode)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly cell: DialUpCell;
  readonly project: string;
  readonly mode: string;
  onOpen(): void;
}

function Cell({ cell, project, mode, onOpen }: CellProps) {
  const { t, i18n } = useTranslation('admin');
  const { open, waiting, due, held } = cell;
  const who = useAgentsText(cell.agentIds);
  return (
    <button
      type="button"
      className={styles.cell}
      data-closed={!open || undefined}
      title={`${t('dialUp.cellHint', { waiting, due, held })}\n${who.all}`}
      onClick={onOpen}
    >
      <span className="oh-unseen">{`${t('dialUp.cellOf', { mode, project })} `}</span>
      <span className={styles.figures}>
        {open || waiting > 0 ? (
          <>
            <span className={`oh-figures ${styles.waiting}`} data-none={waiting === 0 || undefined}>
              {new Intl.NumberFormat(i18n.language).format(waiting)}
            </span>
            <span className="oh-unseen">{` ${t('dialUp.inLine')} `}</span>
            <span className={`oh-figures ${styles.due}`}>
              {open ? due > 0 && t('dialUp.dueNow', { count: due }) : t('dialUp.closed')}
            </span>
          </>
        ) : (
          <span className={styles.due}>{t('dialUp.closed')}</span>
        )}
      </span>
      <IconSettings size={16} stroke={1.75} aria-hidden="true" className={styles.gear} />
      {open && (
        <span className={styles.who}>
          <IconUsers size={12} stroke={2} aria-hidden="true" />
          <span className={styles.whoWords}>{who.short}</span>
        </span>
      )}
      <span className="oh-unseen">{` ${t('dialUp.settings')}`}</span>
    </button>
  );
}

function useAgentsText(agentIds: DialUpCell['agentIds']): { readonly short: string; readonly all: string } {
  const { t } = useTranslation('admin');
  const users = useAdminList('users').answer ?? [];
  if (agentIds === null) return { short: t('dialUp.allMembers'), all: t('dialUp.allMembers') };
  if (agentIds.length === 0) return { short: t('dialUp.noAgents'), all: t('dialUp.noAgents') };
  const chosen = new Set(agentIds);
  const names = users
    .filter(({ userId }) => chosen.has(userId))
    .map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim());
  const [first = ''] = names;
  const others = agentIds.length - 1;
  const short = others > 0 ? t('dialUp.moreAgents', { names: first, count: others }) : first;
  return { short, all: names.join(', ') };
}
