// What the palette (Ctrl+K) can do in this window: go to its areas, set the status, and what else has a button in it.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import { useClient, useLive } from '../client/desktop-context.tsx';
import type { PaletteCommand } from '../features/search/commands.ts';
import {
  type Icon,
  IconExternalLink,
  IconPhone,
  IconPhoneOff,
  IconPlus,
  IconRefresh,
  IconShieldCog,
} from '../parts/icons.ts';
import { StatusSign } from '../parts/status-sign.tsx';
import { type Area, areaIcons, useAreaName, usePlaces } from './areas.ts';

const drawn = (IconShown: Icon) => <IconShown size={18} stroke={1.75} aria-hidden="true" />;

const statuses = ['available', 'away', 'busy', 'offline'] as const;

export interface PaletteActs {
  go(area: Area): void;
  newRecord(list: 'leads' | 'contacts'): void;
}

export function usePaletteCommands(acts: PaletteActs): readonly PaletteCommand[] {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation();
  const client = useClient();
  const session = useLive('session');
  const phone = useLive('phone');
  const areaName = useAreaName();
  const places = usePlaces();
  // Looked through at every keystroke: made anew only when something in it is other than before.
  return useMemo(() => {
    const command = (
      id: string,
      title: string,
      words: string,
      sign: PaletteCommand['sign'],
      act: () => unknown,
    ): PaletteCommand => ({ id, title, words, sign, run: () => refusalOf(act) });
    const labels = session.state === 'signedIn' ? session.statuses : [];
    const administers = session.state === 'signedIn' && session.user.accountType !== 'clerk';
    const become = (status: (typeof statuses)[number], labelId: (typeof labels)[number]['id'] | null) => () =>
      client.call('presence.set', { status, labelId, untilMs: null, knowingly: false });
    return [
      ...[...places, 'sync' as const].map((area) =>
        command(
          `go-${area}`,
          t('command.go', { place: areaName(area) }),
          area === 'sync' ? `${t('command.goWords')} ${t('command.syncWords')}` : t('command.goWords'),
          drawn(areaIcons[area]),
          () => acts.go(area),
        ),
      ),
      ...statuses.map((status) =>
        command(
          `status-${status}`,
          t('command.status', { status: common(`presence.${status}`) }),
          t('command.statusWords'),
          <StatusSign status={status} />,
          become(status, null),
        ),
      ),
      ...labels.map(({ id, label, actsAs, color }) =>
        command(
          `status-${id}`,
          t('command.status', { status: label }),
          t('command.statusWords'),
          <StatusSign status={actsAs} color={color} />,
          become(actsAs, id),
        ),
      ),
      ...(['leads', 'contacts'] as const).map((list) =>
        command(
          `new-${list}`,
          t(list === 'leads' ? 'command.newLead' : 'command.newContact'),
          t('command.newWords'),
          drawn(IconPlus),
          () => acts.newRecord(list),
        ),
      ),
      command(
        'phone',
        t(phone.on ? 'command.phoneOff' : 'command.phoneOn'),
        t('command.phoneWords'),
        drawn(phone.on ? IconPhoneOff : IconPhone),
        () => client.call('phone.turn', { on: !phone.on, knowingly: false }),
      ),
      command('sync', t('command.syncNow'), t('command.syncWords'), drawn(IconRefresh), () =>
        client.call('sync.now', null),
      ),
      command('call-box', t('command.callBox'), t('command.callBoxWords'), drawn(IconExternalLink), () =>
        client.call('window.showCallBox', null),
      ),
      ...(administers
        ? [
            command('admin', t('command.admin'), t('command.adminWords'), drawn(IconShieldCog), () =>
              client.call('window.openAdmin', null),
            ),
          ]
        : []),
    ];
  }, [t, common, client, session, phone.on, areaName, places, acts]);
}

async function refusalOf(act: () => unknown): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof CommandFailed) return error.reason;
    throw error;
  }
}
