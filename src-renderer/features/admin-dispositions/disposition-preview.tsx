// The dispositions as an agent will see them in wrap-up, to be tried: clicks and the keys 1 to 9 choose.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Disposition } from '#shared/domain/disposition.ts';
import type { DispositionId, ProjectId } from '#shared/domain/ids.ts';
import { DispositionPicker } from '../../parts/disposition-picker.tsx';
import { EditorPreview } from '../../parts/editor-page.tsx';
import { isTyping, plainKey, useWindowKeys } from '../../parts/keyboard.ts';
import type { Groups } from './disposition-groups.ts';
import styles from './dispositions.module.css';

export interface DispositionPreviewProps {
  readonly groups: Groups;
  readonly projectId: ProjectId;
  /** The project lets calls be saved without one. */
  readonly optional: boolean;
}

export function DispositionPreview({ groups, projectId, optional }: DispositionPreviewProps) {
  const { t } = useTranslation('admin');
  const [chosenId, setChosenId] = useState<DispositionId | null>(null);
  const dispositions = groups.flatMap(({ name, rows }) =>
    rows
      .filter(({ label }) => label.trim() !== '')
      .map(
        ({ rowKey, label, color, key, noteRequired }): Disposition => ({
          id: rowKey as DispositionId,
          projectId,
          label: label.trim(),
          group: name.trim() || null,
          color,
          key,
          noteRequired,
        }),
      ),
  );
  useWindowKeys((event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = plainKey(event);
    const hit = dispositions.find((each) => each.key !== null && each.key === key);
    if (!hit) return;
    event.preventDefault();
    setChosenId(hit.id);
  });
  const chosen = dispositions.find(({ id }) => id === chosenId);
  return (
    <EditorPreview title={t('dispositions.preview')} hint={t('dispositions.previewHint')}>
      <div className={styles.box}>
        <DispositionPicker
          dispositions={dispositions}
          chosen={chosen?.id ?? null}
          onChoose={setChosenId}
          optional={optional}
        />
      </div>
      <p className={styles.chosen} role="status">
        {chosen?.noteRequired ? t('dispositions.previewNote') : ''}
      </p>
    </EditorPreview>
  );
}
