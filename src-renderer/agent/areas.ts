// The areas of the agent window, what they are called, and which of them have a place in the rail.
import { useTranslation } from 'react-i18next';
import {
  type Icon,
  IconAddressBook,
  IconCloudCheck,
  IconHistory,
  IconInbox,
  IconRecordMail,
  IconSettings,
  IconTargetArrow,
} from '../parts/icons.ts';

/** In the rail's order; the digit that leads there is the place in it. */
export const places = ['inbox', 'leads', 'contacts', 'history', 'voicemail', 'settings'] as const;

/** The page of syncing is reached from its chip. */
export type Area = (typeof places)[number] | 'sync';

export const areaIcons: Record<Area, Icon> = {
  inbox: IconInbox,
  leads: IconTargetArrow,
  contacts: IconAddressBook,
  history: IconHistory,
  voicemail: IconRecordMail,
  settings: IconSettings,
  sync: IconCloudCheck,
};

export function useAreaName(): (area: Area) => string {
  const { t } = useTranslation();
  const { t: own } = useTranslation('records');
  return (area) =>
    area === 'leads' || area === 'contacts' || area === 'sync' ? own(`nav.${area}`) : t(`nav.${area}`);
}
