// The page of imports from CSV, whatever they import: those that were made and that run, and the drawer in which one is
// uploaded, set and followed. The pages of records and of orders say what theirs are called and what else they can show.
import { type ReactNode, useRef } from 'react';
import type { Listed } from '../client/admin-lists.ts';
import { AdminPage } from './admin-page.tsx';
import { ChooseImportFile } from './choose-import-file.tsx';
import { DataTable, type TableHandle } from './data-table.tsx';
import { EmptyState } from './empty-state.tsx';
import { GoneDrawer } from './gone-drawer.tsx';
import { IconUpload } from './icons.ts';
import type { ImportJob } from './import-job.ts';
import { type DrawerControl, useDrawer } from './use-drawer.ts';
import { useImportListColumns } from './use-import-list-columns.tsx';
import type { UploadDoor } from './use-upload.ts';

export interface ImportsPageProps<I extends ImportJob, O extends string> {
  readonly words: {
    readonly title: string;
    /** On the button that begins one. */
    readonly add: string;
    readonly chooseTitle: string;
    readonly chooseLead: string;
    /** Somebody else has taken away the one that is shown. */
    readonly gone: string;
    readonly emptyTitle: string;
    readonly empty: string;
  };
  readonly imports: Listed<readonly I[]>;
  readonly door: UploadDoor<I>;
  /** It is at the hub, and its drawer opens next: the list has to show it. */
  onUploaded(made: I): void;
  /** One that is there, in its drawer. */
  importDrawer(shown: I, drawer: DrawerControl, onRemoved: () => void): ReactNode;
  /** Further buttons; `open` shows one of the page's other drawers. */
  tools(open: (other: O) => void): ReactNode;
  /** What else than an import the drawer can show. */
  otherDrawer?(other: O, drawer: DrawerControl): ReactNode;
}

type Choice<O> =
  | { readonly kind: 'choose' }
  | { readonly kind: 'import'; readonly id: string }
  | { readonly kind: 'other'; readonly other: O };

export function ImportsPage<I extends ImportJob, O extends string = never>(props: ImportsPageProps<I, O>) {
  const { words } = props;
  const { answer: imports, refusal } = props.imports;
  const table = useRef<TableHandle>(null);
  const drawer = useDrawer<Choice<O>>(() => table.current?.focus());
  const columns = useImportListColumns();
  const { choice } = drawer;
  const chosen = choice?.kind === 'import' ? imports?.find(({ id }) => id === choice.id) : undefined;
  const shown = () => {
    if (choice === null) return null;
    if (choice.kind === 'other') return props.otherDrawer?.(choice.other, drawer);
    if (choice.kind === 'choose')
      return (
        <ChooseImportFile
          drawer={drawer}
          title={words.chooseTitle}
          lead={words.chooseLead}
          door={props.door}
          onUploaded={(made) => {
            props.onUploaded(made);
            drawer.replace({ kind: 'import', id: made.id });
          }}
        />
      );
    if (chosen) return props.importDrawer(chosen, drawer, () => drawer.replace(null));
    return imports ? <GoneDrawer drawer={drawer} text={words.gone} /> : null;
  };
  return (
    <AdminPage
      title={words.title}
      add={{ word: words.add, onAdd: () => drawer.open({ kind: 'choose' }) }}
      tools={props.tools((other) => drawer.open({ kind: 'other', other }))}
      refusal={refusal}
      wideDrawer={choice?.kind === 'import'}
      onEscape={choice ? drawer.close : undefined}
      drawer={shown()}
    >
      {imports && (
        <DataTable
          ref={table}
          label={words.title}
          columns={columns}
          rows={imports}
          rowKey={({ id }) => id}
          chosen={chosen?.id ?? null}
          onOpen={({ id }) => drawer.open({ kind: 'import', id })}
          firstSorting={{ column: 'when', direction: 'descending' }}
          empty={<EmptyState icon={IconUpload} title={words.emptyTitle} text={words.empty} />}
        />
      )}
    </AdminPage>
  );
}
