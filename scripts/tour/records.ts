// The tour looks the caller up after the call: in Contacts, with what was known and what was added. Called by whole-job.ts.
import { recordsEn } from '../../src-renderer/i18n/records/records-en.ts';
import type { Desk } from './desk.ts';
import { bothThemes, customer, type TourParts } from './tour-parts.ts';

export async function lookUpInContacts({ report, album }: TourParts, { agent }: Desk): Promise<void> {
  await report.step(
    'look the caller up in Contacts',
    async () => {
      await agent.getByRole('navigation').getByRole('button', { name: recordsEn.nav.contacts }).click();
      const row = agent.getByRole('row', { name: new RegExp(customer.name) });
      await row.getByRole('gridcell').last().click();
      await agent.getByRole('heading', { level: 2, name: customer.name }).waitFor();
      await agent
        .getByRole('region', { name: recordsEn.notes.title })
        .getByRole('listitem')
        .first()
        .waitFor();
      return 'the list, and beside it numbers, notes and calls';
    },
    () => album.take(agent, 'contacts', bothThemes),
  );
}
