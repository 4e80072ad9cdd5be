// A status as a sign: shape and colour, so that it is told apart without colour.
import type { PresenceStatus } from '#shared/domain/presence.ts';
import {
  type Icon,
  IconCircleCheckFilled,
  IconCircleFilled,
  IconCircleMinus,
  IconClockFilled,
  IconMoon,
} from './icons.ts';
import styles from './status-sign.module.css';

const signs: Record<PresenceStatus, Icon> = {
  available: IconCircleCheckFilled,
  away: IconClockFilled,
  busy: IconCircleFilled,
  offline: IconCircleMinus,
  inactive: IconMoon,
};

export interface StatusSignProps {
  readonly status: PresenceStatus;
  /** Of a status that a supervisor added: one of Mantine's colour names. */
  readonly color?: string | undefined;
}

export function StatusSign({ status, color }: StatusSignProps) {
  const IconShown = signs[status];
  return (
    <IconShown
      size={16}
      stroke={2}
      aria-hidden="true"
      className={styles.sign}
      data-status={status}
      style={color ? { color: `var(--mantine-color-${color}-6, var(--oh-faint))` } : undefined}
    />
  );
}
