// The areas of the agent window, what they are called, and which of them have a place in the rail.
import { useTranslation } from 'react-i18next';
import { useLive } from '../client/desktop-context.tsx';
import {
  type Icon,
  IconAddressBook,
  IconCloudCheck,
  IconHistory,
  IconInbox,
  IconListCheck,
  IconRecordMail,
  IconSettings,
  IconTargetArrow,
} from '../parts/icons.ts';

/** In the rail's order; the digit that leads there is the place in it. */
const places = ['inbox', 'leads', 'contacts', 'dialUp', 'history', 'voicemail', 'settings'] as const;

/** The page of syncing is reached from its chip. */
export type Area = (typeof places)[number] | 'sync';

export const areaIcons: Record<Area, Icon> = {
  inbox: IconInbox,
  leads: IconTargetArrow,
  contacts: IconAddressBook,
  dialUp: IconListCheck,
  history: IconHistory,
  voicemail: IconRecordMail,
  settings: IconSettings,
  sync: IconCloudCheck,
};

/** Dial-up only where the agent may work a mode, or still has an order of one. */
export function usePlaces(): readonly (typeof places)[number][] {
  const { modes, state, unsent } = useLive('dialUp');
  return modes.length > 0 || state !== 'off' || unsent > 0 ? places : withoutDialUp;
}

const withoutDialUp = places.filter((place) => place !== 'dialUp');

export function useAreaName(): (area: Area) => string {
  const { t } = useTranslation();
  const { t: own } = useTranslation('records');
  const { t: dialUp } = useTranslation('dialUp');
  return (area) => {
    if (area === 'dialUp') return dialUp('nav');
    return area === 'leads' || area === 'contacts' || area === 'sync' ? own(`nav.${area}`) : t(`nav.${area}`);
  };
}
