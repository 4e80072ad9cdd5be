// One's own status: which, since when, until when; set by hand, with an end if wished. Becoming available with a
// microphone that callers would not hear through is explained in place, and needs a second, knowing click.
import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChoosableStatus, StatusLabel } from '#shared/domain/presence.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { IconChevronDown } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { StatusSign } from '../../parts/status-sign.tsx';
import { UntilPicker } from '../../parts/until-picker.tsx';
import styles from './status-picker.module.css';

const statuses = ['available', 'away', 'busy', 'offline'] as const satisfies readonly ChoosableStatus[];

interface ChoiceDetails {
  readonly labelled?: StatusLabel | null;
  readonly untilMs?: number | null;
  readonly knowingly?: boolean;
}

export interface StatusPickerProps {
  onCheckMicrophone(): void;
}

export function StatusPicker({ onCheckMicrophone }: StatusPickerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const presence = useLive('presence');
  const { microphone } = useLive('devices');
  const set = useCommand('presence.set');
  const [opened, setOpened] = useState(false);
  /** What a refusal is about. */
  const [asked, setAsked] = useState<StatusLabel | null>(null);
  const session = useLive('session');
  const labels = session.state === 'signedIn' ? session.statuses : [];
  const label = labels.find(({ id }) => id === presence.labelId) ?? null;
  const word = label?.label ?? t(`presence.${presence.status}`);

  // Options are not disabled meanwhile: that would take the keyboard out of the picker.
  const choose = async (status: ChoosableStatus, of: ChoiceDetails = {}) => {
    if (set.running) return;
    const { labelled = null, untilMs = null, knowingly = false } = of;
    setAsked(labelled);
    const done = await set.run({ status, labelId: labelled?.id ?? null, untilMs, knowingly });
    // A status that may have an end keeps the picker open to choose it.
    if (done !== undefined && status === 'available') setOpened(false);
  };
  const endable = presence.status !== 'available' && presence.status !== 'inactive' ? presence.status : null;

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={344} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.target}
          onClick={() => {
            set.forget();
            setOpened(!opened);
          }}
        >
          <StatusSign status={presence.status} color={label?.color} />
          <span className="oh-unseen">{t('presence.title')}:</span>{' '}
          <span className={styles.word}>{word}</span>{' '}
          <span className={`oh-figures ${styles.time}`}>
            {presence.untilMs !== null
              ? t('presence.untilTime', { time: format.time(presence.untilMs) })
              : presence.activity !== 'free'
                ? t(`presence.${presence.activity}`)
                : t('presence.sinceTime', { time: format.time(presence.sinceMs) })}
          </span>
          <IconChevronDown size={14} stroke={2} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={t('presence.title')}>
        <div role="radiogroup" aria-label={t('presence.title')}>
          {statuses.map((status) => (
            <UnstyledButton
              key={status}
              role="radio"
              aria-checked={presence.status === status && label === null}
              className={styles.option}
              onClick={() => void choose(status)}
            >
              <StatusSign status={status} />
              <span className={styles.optionWord}>{t(`presence.${status}`)}</span>
              <span className={styles.hint}>{t(`presence.hint.${status}`)}</span>
            </UnstyledButton>
          ))}
          {labels.map((each) => (
            <UnstyledButton
              key={each.id}
              role="radio"
              aria-checked={each.id === label?.id}
              className={styles.option}
              onClick={() => void choose(each.actsAs, { labelled: each })}
            >
              <StatusSign status={each.actsAs} color={each.color} />
              <span className={styles.optionWord}>{each.label}</span>
              <span className={styles.hint}>{t(`presence.hint.${each.actsAs}`)}</span>
            </UnstyledButton>
          ))}
        </div>
        {endable && (
          <div className={styles.until}>
            <UntilPicker
              key={label?.id ?? endable}
              untilMs={presence.untilMs}
              onChoose={(untilMs) => void choose(endable, { labelled: label, untilMs })}
            />
          </div>
        )}
        <div className={styles.notes}>
          {presence.status === 'inactive' && <Notice tone="warn">{t('presence.inactiveHint')}</Notice>}
          {!presence.confirmed && <p className={styles.unconfirmed}>{t('presence.unconfirmed')}</p>}
          {set.refusal === 'microphoneNotReady' ? (
            <Notice
              tone="warn"
              title={t('presence.micTitle')}
              actions={
                <>
                  <Button
                    size="small"
                    onClick={() => void choose('available', { labelled: asked, knowingly: true })}
                  >
                    {t('presence.anyway')}
                  </Button>
                  <Button
                    size="small"
                    onClick={() => {
                      setOpened(false);
                      onCheckMicrophone();
                    }}
                  >
                    {t('presence.checkMicrophone')}
                  </Button>
                </>
              }
            >
              {microphone === 'ready' ? t('refusal.microphoneNotReady') : t(`microphone.help.${microphone}`)}
            </Notice>
          ) : (
            <RefusalNotice reason={set.refusal} />
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
