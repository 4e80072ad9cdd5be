// Outcomes that arrived when somebody else had the order already (DIAL-7): a supervisor decides of each whether it moves the
// order after all.
import { useTranslation } from 'react-i18next';
import type { LateOutcome } from '#shared/admin/dial-up-contract.ts';
import { useAdminList, useAdminLists } from '../../client/admin-lists.ts';
import { useCommand } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useReadOnly } from '../../parts/admin-read-only.ts';
import { Button } from '../../parts/button.tsx';
import { Drawer } from '../../parts/drawer.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import type { DrawerControl } from '../../parts/use-drawer.ts';
import styles from './orders.module.css';
import { useOutcomeName } from './use-outcome-name.ts';

export function LateOutcomes({ drawer }: { readonly drawer: DrawerControl }) {
  const { t } = useTranslation('admin');
  const { answer: late, refusal } = useAdminList('lateOutcomes');
  return (
    <Drawer
      drawer={drawer}
      title={t('orders.late')}
      about={t('orders.lateAbout')}
      typed={false}
      saveWord={null}
      running={false}
      refusal={refusal}
      onSave={() => undefined}
    >
      {late?.length === 0 && <p className={styles.quiet}>{t('orders.lateNone')}</p>}
      <ul className={styles.attempts}>
        {late?.map((each) => (
          <Late key={each.attempt.attemptId} late={each} />
        ))}
      </ul>
    </Drawer>
  );
}

function Late({ late }: { readonly late: LateOutcome }) {
  const { t } = useTranslation('admin');
  const format = useFormat();
  const lists = useAdminLists();
  const readOnly = useReadOnly();
  const command = useCommand('admin.orders.decideLate');
  const outcomeName = useOutcomeName();
  const statuses = useAdminList('orderStatuses').answer?.statuses ?? [];
  const project = useAdminList('projects').answer?.find(({ id }) => id === late.projectId);
  const { attempt, since } = late;
  const name = late.name || t('orders.noName');
  const said = (one: LateOutcome['attempt']) => ({
    agent: one.userName,
    button: outcomeName(one),
    time: format.dateTime(one.endedAtMs),
  });
  const decide = async (apply: boolean) => {
    const { attemptId } = attempt;
    const done = await command.run({ attemptId, apply });
    if (done === undefined) return void lists.ask('lateOutcomes');
    lists.put('lateOutcomes', (before) => before.filter((each) => each.attempt.attemptId !== attemptId));
  };
  return (
    <li className={styles.attempt} aria-label={name}>
      <div className={styles.attemptHead}>
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>{project?.settings.name}</span>
      </div>
      <p>{t('orders.lateSaid', said(attempt))}</p>
      {attempt.note !== '' && <p className={styles.note}>{t('orders.lateNote', { note: attempt.note })}</p>}
      <p className={styles.quiet}>
        {since ? t('orders.lateSince', said(since)) : t('orders.lateNobody')}{' '}
        {t('orders.lateNow', {
          status: statuses.find(({ id }) => id === late.statusId)?.label ?? t('callMode.goneStatus'),
        })}
      </p>
      <div className={styles.buttons}>
        <Button
          size="small"
          tone="accent"
          disabled={readOnly || command.running}
          onClick={() => void decide(true)}
        >
          {t('orders.lateApply')}
        </Button>
        <Button size="small" disabled={readOnly || command.running} onClick={() => void decide(false)}>
          {t('orders.lateKeep')}
        </Button>
      </div>
      <RefusalNotice reason={command.refusal} before="admin" />
    </li>
  );
}
