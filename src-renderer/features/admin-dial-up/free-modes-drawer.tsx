// The two free modes (DIAL-2): what they are called, and whether they are handed out by the rule or drawn. For super admins;
// others look.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FreeModeSettings } from '#shared/domain/dial-up.ts';
import { type AdminList, useAdminList, useListSource } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useIsSuperAdmin } from '../../parts/admin-read-only.ts';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.tsx';
import { ChoiceCards } from '../../parts/choice-cards.tsx';
import { CountField } from '../../parts/count-field.tsx';
import { isCount } from '../../parts/count-limits.ts';
import { Drawer, DrawerSection } from '../../parts/drawer.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import { useVersionedEdit } from '../../parts/use-versioned-edit.ts';
import styles from './dial-up.module.css';
import { LoadingDrawer } from './loading-drawer.tsx';

type FreeDraft = Omit<FreeModeSettings, 'seed'> & { readonly seed: string };
interface FreeDrafts {
  readonly random1: FreeDraft;
  readonly random2: FreeDraft;
}

const seedLimits = { least: 0, most: 2_147_483_647 };

function draftsOf({ modes }: AdminList<'freeModes'>): FreeDrafts {
  const of = (mode: FreeModeSettings['mode']): FreeDraft => {
    const found = modes.find((each) => each.mode === mode);
    return {
      mode,
      name: found?.name ?? '',
      handsOut: found?.handsOut ?? 'byRule',
      seed: String(found?.seed ?? 1),
    };
  };
  return { random1: of('random1'), random2: of('random2') };
}

export function FreeModesDrawer({ drawer }: { readonly drawer: DrawerControl }) {
  const { t } = useTranslation('admin');
  const { answer, refusal } = useAdminList('freeModes');
  if (!answer) {
    return (
      <LoadingDrawer
        drawer={drawer}
        title={t('dialUp.freeTitle')}
        about={t('dialUp.freeAbout')}
        refusal={refusal}
      />
    );
  }
  return <EditFreeModes drawer={drawer} list={answer} />;
}

interface EditFreeModesProps {
  readonly drawer: DrawerControl;
  readonly list: AdminList<'freeModes'>;
}

function EditFreeModes({ drawer, list }: EditFreeModesProps) {
  const { t } = useTranslation('admin');
  const command = useCommand('admin.dialUp.setFreeModes');
  const mayChange = useIsSuperAdmin();
  const [saved, setSaved] = useState(false);
  const source = useListSource('freeModes');
  const form = useVersionedEdit({ latest: list, draftOf: draftsOf, command, source });
  const { edit } = form;
  const drafts = [edit.values.random1, edit.values.random2];
  const named = drafts.map(({ name }) => name.trim().toLowerCase()).filter((name) => name !== '');
  const taken = new Set(named).size < named.length;
  const isFine = !taken && drafts.every(({ seed }) => isCount(seed, seedLimits));
  const save = async () => {
    if (!isFine) return;
    const modes = drafts.map((each) => ({ ...each, name: each.name.trim(), seed: Number(each.seed) }));
    if (await form.save({ version: edit.version, modes })) setSaved(true);
  };
  return (
    <Drawer
      drawer={drawer}
      title={t('dialUp.freeTitle')}
      about={t('dialUp.freeAbout')}
      typed={edit.typed}
      saveWord={mayChange ? t('drawer.save') : null}
      saveDisabled={!edit.typed || !isFine || edit.conflicts.length > 0}
      locked={!mayChange}
      running={command.running}
      refusal={command.refusal}
      onSave={() => void save()}
    >
      {!mayChange && <Notice>{t('dialUp.freeLocked')}</Notice>}
      <ChangedMeanwhile
        edit={edit}
        label={(field) => t(`callMode.modes.${field}`)}
        show={(_field, value) =>
          `${value.name || '–'}, ${t(`dialUp.${value.handsOut}`)}, ${t('dialUp.seed')} ${value.seed}`
        }
      />
      {drafts.map((draft) => {
        const usual = t(`callMode.modes.${draft.mode}`);
        const change = (part: Partial<FreeDraft>) => form.set(draft.mode, { ...draft, ...part });
        return (
          <DrawerSection key={draft.mode} title={draft.name.trim() || usual}>
            <TextInput
              label={t('dialUp.freeName')}
              description={t('dialUp.freeNameHint', { name: usual })}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={60}
              autoComplete="off"
              value={draft.name}
              error={taken && draft.mode === 'random2' ? t('dialUp.freeNameTaken') : undefined}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <ChoiceCards
              label={t('dialUp.handsOut')}
              cards={(['byRule', 'atRandom'] as const).map((value) => ({
                value,
                label: t(`dialUp.${value}`),
                hint: t(`dialUp.${value}Hint`),
              }))}
              value={draft.handsOut}
              onChange={(handsOut) => change({ handsOut })}
            />
            {draft.handsOut === 'atRandom' && (
              <div className={styles.half}>
                <CountField
                  label={t('dialUp.seed')}
                  hint={t('dialUp.seedHint')}
                  value={draft.seed}
                  onChange={(seed) => change({ seed })}
                  limits={seedLimits}
                  wrong={!isCount(draft.seed, seedLimits)}
                />
              </div>
            )}
          </DrawerSection>
        );
      })}
      {saved && !edit.typed && <Notice>{t('listEditor.saved')}</Notice>}
    </Drawer>
  );
}
