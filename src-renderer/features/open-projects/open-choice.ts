// What becomes of the open projects by one more choice. Pure. Where any is open, one of them is the primary.
import type { ProjectId } from '#shared/domain/ids.ts';
import type { OpenProjects } from '#shared/domain/work.ts';

export const noneOpen: OpenProjects = { primaryId: null, secondaryIds: [] };

export function openCount({ primaryId, secondaryIds }: OpenProjects): number {
  return secondaryIds.length + (primaryId === null ? 0 : 1);
}

export function isSameChoice(one: OpenProjects, other: OpenProjects): boolean {
  return one.primaryId === other.primaryId && one.secondaryIds.join() === other.secondaryIds.join();
}

export function isOpen({ primaryId, secondaryIds }: OpenProjects, projectId: ProjectId): boolean {
  return primaryId === projectId || secondaryIds.includes(projectId);
}

/** The first that is opened is the primary; where the primary is closed, the next one takes its place. */
export function withOpen(open: OpenProjects, projectId: ProjectId, wanted: boolean): OpenProjects {
  if (wanted === isOpen(open, projectId)) return open;
  const { primaryId, secondaryIds } = open;
  if (wanted) {
    return primaryId === null
      ? { primaryId: projectId, secondaryIds }
      : { primaryId, secondaryIds: [...secondaryIds, projectId] };
  }
  if (primaryId !== projectId) {
    return { primaryId, secondaryIds: secondaryIds.filter((each) => each !== projectId) };
  }
  const [next = null, ...others] = secondaryIds;
  return { primaryId: next, secondaryIds: others };
}

/** Opens it where it is not; the primary of before stays open. */
export function withPrimary({ primaryId, secondaryIds }: OpenProjects, projectId: ProjectId): OpenProjects {
  const others = secondaryIds.filter((each) => each !== projectId);
  return {
    primaryId: projectId,
    secondaryIds: primaryId === null || primaryId === projectId ? others : [primaryId, ...others],
  };
}
