// The admin window's page Records, over a scripted main: an import from the file to its figures, the export, and erasing.
import '../../src-renderer/i18n/admin/admin-texts.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ImportSettings } from '#shared/admin/records-contract.ts';
import { AdminWindow, adminTopics } from '../../src-renderer/admin/admin-window.tsx';
import { ImportOutcome } from '../../src-renderer/parts/import-outcome.tsx';
import { renderWindow } from '../support/render-window.tsx';
import type { Overrides } from '../support/scripted-main.ts';
import { adminState } from '../support/ui-harness/admin-company-scenarios.ts';

async function openPage(overrides: Overrides = {}) {
  const window = await renderWindow(<AdminWindow />, adminTopics, adminState('superAdmin'), overrides);
  const tree = await screen.findByRole('navigation');
  await window.user.click(within(tree).getByRole('button', { name: 'Records' }));
  await screen.findByText('No imports yet');
  return window;
}

function SavedProblems({ csv }: { readonly csv: string }) {
  const shown = {
    ...{ id: 'i1', fileName: 'leads.csv', madeAtMs: 1, madeBy: 'Ann', state: 'done' as const },
    ...{ rows: 9, rowsDone: 9, created: 6, updated: 0, bad: 3 },
  };
  const problems = {
    run: () => Promise.resolve({ csv }),
    running: false,
    refusal: null,
    forget: () => undefined,
  };
  return <ImportOutcome shown={shown} doneText="" problems={problems} />;
}

describe('the page of records', () => {
  it('uploads a file in pieces, shows what would become of it, imports it as set, and saves what was left out', async () => {
    const written: { name: string; text: string }[] = [];
    const { user, asked } = await openPage({
      'window.saveFile': (file) => {
        written.push(file);
        return { path: `/downloads/${file.name}` };
      },
    });
    await user.keyboard('n');
    const file = new File([new Uint8Array(600_000).fill(97)], 'leads.csv', { type: 'text/csv' });
    const [input] = screen.getAllByLabelText('Choose a file', { selector: 'input' });
    if (!input) throw new Error('there is no field for a file');
    await user.upload(input, file);
    expect(await screen.findByText(/1 row cannot be taken in/)).toBeVisible();
    const pieces = asked('admin.recordImports.addPiece') as { offset: number; base64: string }[];
    expect(pieces.map(({ offset, base64 }) => [offset, Buffer.from(base64, 'base64').length])).toEqual([
      [0, 524_288],
      [524_288, 75_712],
    ]);
    expect(screen.getByText(/Windows-1252 \(Latin-1\) · separated by semicolons/)).toBeVisible();
    expect(screen.getByText('Neither a name nor a number nor an e-mail address.')).toBeVisible();

    // The same twice cannot be.
    const lastName = screen.getByRole('combobox', { name: 'What “Nachname” is' });
    await user.click(lastName);
    await user.click(await screen.findByRole('option', { name: 'First name' }));
    expect(screen.getAllByText('Another column is this already.')).toHaveLength(2);
    expect(screen.getByRole('button', { name: /^Import \d+ rows?$/ })).toBeDisabled();
    await user.click(lastName);
    await user.click(await screen.findByRole('option', { name: 'Company' }));
    await user.click(screen.getByRole('combobox', { name: 'Kind, where a row says none' }));
    await user.click(await screen.findByRole('option', { name: 'Lead' }));
    const start = screen.getByRole('button', { name: 'Import 2 rows' });
    await waitFor(() => expect(start).toBeEnabled());
    await user.click(start);
    expect(await screen.findByText(/The import is done/)).toBeVisible();
    const [started] = asked('admin.recordImports.start') as { settings: ImportSettings }[];
    expect(started?.settings).toEqual({
      columns: ['firstName', 'companyName', 'number.main', 'description'],
      ...{ kind: 'lead', projectId: null, ownerId: null },
    });
    await user.click(screen.getByRole('button', { name: 'Save problems' }));
    expect(await screen.findByText('Saved as /downloads/leads-problems.csv')).toBeVisible();
    // As the file that was chosen: its separator, and the words that the preview has.
    expect(written[0]?.text).toBe(
      '\uFEFFRow;Column;Problem\r\n4;whole row;Neither a name nor a number nor an e-mail address.',
    );
    await user.click(screen.getByRole('button', { name: 'Remove from the list' }));
    expect(await screen.findByText('No imports yet')).toBeVisible();
  });

  it('saves what was left out in the language of the window, and in the hub’s own words where it knows none', async () => {
    const csv =
      '\uFEFFrow,column,reason,message\r\n4,,nameMissing,Nobody.\r\n7,"\'=x, y",kindUnknown,No.\r\n9,Ort,newer,"Not, yet."';
    const written: string[] = [];
    const state = adminState('superAdmin');
    const { user } = await renderWindow(
      <SavedProblems csv={csv} />,
      adminTopics,
      { ...state, settings: { ...state.settings, language: 'de' } },
      {
        'window.saveFile': ({ name, text }) => {
          written.push(text);
          return { path: `/downloads/${name}` };
        },
      },
    );
    await user.click(screen.getByRole('button', { name: 'Probleme speichern' }));
    await waitFor(() => expect(written).toHaveLength(1));
    expect(written[0]?.split('\r\n')).toEqual([
      '\uFEFFZeile,Spalte,Problem',
      '4,ganze Zeile,Weder Name noch Nummer noch E-Mail-Adresse.',
      `7,"'=x, y",So heißt keine Art von Datensatz.`,
      '9,Ort,"Not, yet."',
    ]);
  });

  it('puts the pieces of an export together into one file', async () => {
    const written: string[] = [];
    const { user, asked } = await openPage({
      'admin.records.exportCsv': ({ cursor }) =>
        cursor === null ? { csv: 'kind\r\nlead\r\n', cursor: 'more' } : { csv: 'lead\r\n', cursor: null },
      'window.saveFile': ({ name, text }) => {
        written.push(text);
        return { path: `/downloads/${name}` };
      },
    });
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('combobox', { name: 'Kind' }));
    await user.click(await screen.findByRole('option', { name: 'Lead' }));
    const drawer = screen.getByRole('region', { name: 'Export records' });
    await user.click(within(drawer).getByRole('button', { name: 'Export' }));
    expect(await screen.findByText(/^Saved as \/downloads\/offhook-records-/)).toBeVisible();
    expect(written).toEqual(['kind\r\nlead\r\nlead\r\n']);
    expect(asked('admin.records.exportCsv')).toEqual([
      { projectId: 'all', kind: 'lead', cursor: null },
      { projectId: 'all', kind: 'lead', cursor: 'more' },
    ]);
  });

  it('erases a record that was searched for only after saying what goes and what stays', async () => {
    const { user, asked } = await openPage();
    await user.click(screen.getByRole('button', { name: 'Erase for good' }));
    await user.keyboard('brandt');
    await user.click(await screen.findByRole('button', { name: 'Erase Nadia Brandt …' }));
    const question = screen.getByRole('region', { name: 'Erase “Nadia Brandt” for good?' });
    expect(within(question).getByText(/all its notes, its history of changes/)).toBeVisible();
    expect(within(question).getByText(/without number and name/)).toBeVisible();
    // The keyboard is on the way back.
    await user.keyboard('{Enter}');
    expect(asked('admin.records.erase')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Erase Nadia Brandt …' }));
    const again = screen.getByRole('region', { name: 'Erase “Nadia Brandt” for good?' });
    await user.click(within(again).getByRole('button', { name: 'Erase for good' }));
    expect(await screen.findByText(/“Nadia Brandt” is erased/)).toBeVisible();
    expect(asked('admin.records.erase')).toEqual([{ recordId: 'r-nadia' }]);
    expect(screen.queryByRole('button', { name: 'Erase Nadia Brandt …' })).toBeNull();
  });
});
