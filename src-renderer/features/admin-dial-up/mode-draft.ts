// One mode's settings in one project while they are edited (pure): numbers as text, "all members" beside chosen ones, the
// extra buttons as rows. Says what is wrong before the hub is asked.
import type { DialUpSettings, ModeSettings } from '#shared/domain/dial-up.ts';
import { notReachedReason } from '#shared/domain/dial-up.ts';
import type { OrderStatusId, UserId } from '#shared/domain/ids.ts';
import { isCount } from '../../parts/count-limits.ts';

export interface ExtraRow {
  readonly rowKey: string;
  readonly label: string;
  readonly statusId: OrderStatusId | null;
}

export interface ModeDraft extends Pick<ModeSettings, 'open' | 'highPriority' | 'usedUpStatusId' | 'script'> {
  readonly standardTimeMinutes: string;
  readonly noAnswer: string;
  readonly busy: string;
  readonly hangUp: string;
  readonly attempts: string;
  readonly buttons: readonly ModeSettings['buttons'][number][];
  readonly extraButtons: readonly ExtraRow[];
  readonly agents: { readonly all: boolean; readonly ids: readonly UserId[] };
}
export type ModeField = keyof ModeDraft & string;

const year = { least: 0, most: 525_600 };
export const modeLimits = {
  standardTimeMinutes: year,
  noAnswer: year,
  busy: year,
  hangUp: year,
  attempts: { least: 1, most: 100 },
} as const;
export type ModeCount = keyof typeof modeLimits;

export function modeDraftOf(settings: ModeSettings): ModeDraft {
  const { delayMinutes } = settings;
  return {
    open: settings.open,
    highPriority: settings.highPriority,
    standardTimeMinutes: String(settings.standardTimeMinutes),
    noAnswer: String(delayMinutes.noAnswer),
    busy: String(delayMinutes.busy),
    hangUp: String(delayMinutes.hangUp),
    attempts: String(settings.attempts),
    usedUpStatusId: settings.usedUpStatusId,
    buttons: settings.buttons,
    extraButtons: settings.extraButtons.map((each, at) => ({ ...each, rowKey: `saved ${at}` })),
    agents: { all: settings.agentIds === null, ids: settings.agentIds ?? [] },
    script: settings.script,
  };
}

export type ExtraProblem = 'labelMissing' | 'labelTaken' | 'statusMissing';

export interface ModeProblems {
  readonly counts: ReadonlySet<ModeCount>;
  readonly extra: ReadonlyMap<string, ExtraProblem>;
}

export function modeProblemsOf(draft: ModeDraft): ModeProblems {
  const extra = new Map<string, ExtraProblem>();
  const labels = new Set<string>();
  for (const { rowKey, label, statusId } of draft.extraButtons) {
    const plain = label.trim().toLowerCase();
    if (plain === '') extra.set(rowKey, 'labelMissing');
    else if (labels.has(plain)) extra.set(rowKey, 'labelTaken');
    else if (statusId === null) extra.set(rowKey, 'statusMissing');
    labels.add(plain);
  }
  const fields = Object.keys(modeLimits) as ModeCount[];
  return { counts: new Set(fields.filter((field) => !isCount(draft[field], modeLimits[field]))), extra };
}

/**
 * @param draft without problems
 * @returns the project's settings with this mode's as they were typed
 */
export function withMode(
  settings: DialUpSettings,
  mode: ModeSettings['mode'],
  draft: ModeDraft,
): DialUpSettings {
  const { agents, extraButtons, buttons, noAnswer, busy, hangUp, ...rest } = draft;
  const delays = { noAnswer, busy, hangUp };
  const after: ModeSettings = {
    ...rest,
    mode,
    standardTimeMinutes: Number(draft.standardTimeMinutes),
    attempts: Number(draft.attempts),
    delayMinutes: Object.fromEntries(
      notReachedReason.options.map((reason) => [reason, Number(delays[reason])]),
    ) as ModeSettings['delayMinutes'],
    buttons: [...buttons],
    extraButtons: extraButtons.flatMap(({ label, statusId }) =>
      statusId === null ? [] : [{ label: label.trim(), statusId }],
    ),
    agentIds: agents.all ? null : [...agents.ids],
  };
  return { ...settings, modes: settings.modes.map((each) => (each.mode === mode ? after : each)) };
}
