// The inbox's items under their headings, the most pressing first: still ringing, to finish, missed, voicemail.
import { isValidElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '#shared/domain/ids.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { formatDuration } from '../../i18n/use-format.ts';
import { Button } from '../../parts/button.tsx';
import { useCallWords } from '../../parts/call-words.ts';
import { IconBellRinging, IconPencil, IconPhone, IconRecordMail } from '../../parts/icons.ts';
import { moveByArrow } from '../../parts/list-keys.ts';
import { ListRow } from '../../parts/list-row.tsx';
import { usePartyText } from '../../parts/party.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import { Elapsed, When } from '../../parts/time.tsx';
import styles from './inbox-list.module.css';
import type { InboxChoice } from './inbox-view.tsx';

export interface InboxListProps {
  readonly chosen: InboxChoice | null;
  onChoose(choice: InboxChoice): void;
}

export function InboxList({ chosen, onChoose }: InboxListProps) {
  const { t } = useTranslation();
  const inbox = useLive('inbox');
  const ringing = useLive('calls').filter((call) => call.phase === 'ignored');
  const accept = useCommand('calls.accept');
  const party = usePartyText();
  const words = useCallWords();
  const chosenCall = chosen?.kind === 'call' ? chosen.callId : null;
  const choose = (callId: CallId) => onChoose({ kind: 'call', callId });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the buttons inside.
    <div onKeyDown={moveByArrow}>
      <RefusalNotice reason={accept.refusal} />
      <Group title={t('inbox.ringing')} count={ringing.length}>
        {ringing.map((call) => (
          <ListRow
            key={call.callId}
            icon={IconBellRinging}
            tone="good"
            fresh
            title={party(call.remote).title}
            time={<Elapsed sinceMs={call.startedAtMs} />}
            detail={call.projectName ?? party(call.remote).number ?? ''}
            selected={call.callId === chosenCall}
            onSelect={() => choose(call.callId)}
            action={
              <Button
                tone="go"
                size="small"
                icon={IconPhone}
                disabled={!call.intents.accept}
                onClick={() => void accept.run({ callId: call.callId })}
              >
                {t('ringing.accept')}
              </Button>
            }
          />
        ))}
      </Group>
      <Group title={t('inbox.toFinish')} count={inbox.toFinish.length}>
        {inbox.toFinish.map((entry) => (
          <ListRow
            key={entry.callId}
            icon={IconPencil}
            tone="warn"
            fresh
            title={party(entry.remote).title}
            time={<When atMs={entry.startedAtMs} />}
            detail={t('inbox.toFinishReason')}
            selected={entry.callId === chosenCall}
            onSelect={() => choose(entry.callId)}
          />
        ))}
      </Group>
      <Group title={t('inbox.missed')} count={inbox.missed.length}>
        {inbox.missed.map((entry) => (
          <ListRow
            key={entry.callId}
            icon={words(entry).icon}
            tone="bad"
            fresh={!entry.seen}
            title={party(entry.remote).title}
            time={<When atMs={entry.startedAtMs} />}
            detail={entry.missedReason ? t(`missed.${entry.missedReason}`) : words(entry).outcome}
            selected={entry.callId === chosenCall}
            onSelect={() => choose(entry.callId)}
          />
        ))}
      </Group>
      <Group title={t('inbox.voicemails')} count={inbox.voicemails.length}>
        {inbox.voicemails.map((voicemail) => (
          <ListRow
            key={voicemail.voicemailId}
            icon={IconRecordMail}
            tone="accent"
            fresh={!voicemail.heard}
            title={party(voicemail.remote).title}
            time={<When atMs={voicemail.leftAtMs} />}
            detail={[formatDuration(voicemail.durationMs), voicemail.projectName].filter(Boolean).join(' · ')}
            selected={chosen?.kind === 'voicemail' && chosen.voicemail.voicemailId === voicemail.voicemailId}
            onSelect={() => onChoose({ kind: 'voicemail', voicemail })}
          />
        ))}
      </Group>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode[];
}

function Group({ title, count, children }: GroupProps) {
  if (count === 0) return null;
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.heading}>
        {title}
        <span className="oh-figures">{count}</span>
      </h2>
      <ul>
        {children.map((child, at) => (
          // Keyed as the row is, so that a row keeps its element when one above it goes.
          <li key={isValidElement(child) ? child.key : at}>{child}</li>
        ))}
      </ul>
    </section>
  );
}
