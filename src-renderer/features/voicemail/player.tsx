// Plays one message on the chosen speaker: play, pause, and a place in it. The sound is fetched when first played.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VoicemailView } from '#shared/desktop/history-contract.ts';
import { useCommand, useLive } from '../../client/desktop-context.tsx';
import { formatDuration } from '../../i18n/use-format.ts';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '../../parts/icons.ts';
import { Notice } from '../../parts/notice.tsx';
import { RefusalNotice } from '../../parts/refusal-notice.tsx';
import styles from './voicemail.module.css';

export interface PlayerProps {
  readonly message: VoicemailView;
  /** It has played to its end. */
  onPlayed(): void;
}

export function Player({ message, onPlayed }: PlayerProps) {
  const { t } = useTranslation();
  const fetch = useCommand('voicemail.audio');
  const { speakerId } = useLive('settings');
  const audio = useRef<HTMLAudioElement>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [playing, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const [unplayable, setUnplayable] = useState(false);

  useEffect(() => {
    if (url === null) return;
    return () => URL.revokeObjectURL(url);
  }, [url]);
  useEffect(() => {
    audio.current?.setSinkId?.(speakerId ?? '').catch((error: unknown) => {
      // A speaker that is gone: the message is heard on the system's own.
      console.warn('The chosen speaker could not be used', error instanceof Error ? error.name : '');
    });
  }, [speakerId]);

  const play = async () => {
    const element = audio.current;
    if (!element) return;
    setUnplayable(false);
    try {
      if (url === null) {
        const reply = await fetch.run({ voicemailId: message.voicemailId });
        if (!reply) return;
        const made = URL.createObjectURL(new Blob([bytesOf(reply.oggOpusBase64)], { type: 'audio/ogg' }));
        setUrl(made);
        element.src = made;
      }
      await element.play();
    } catch (error) {
      console.warn('A voice message did not play', error instanceof Error ? error.name : '');
      setUnplayable(true);
    }
  };

  const word = playing ? t('voicemail.pause') : t('voicemail.play');
  return (
    <>
      <div className={styles.player}>
        {/* biome-ignore lint/a11y/useMediaCaption: a caller's message has no captions. */}
        <audio
          ref={audio}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onTimeUpdate={(event) => setPositionMs(event.currentTarget.currentTime * 1000)}
          onEnded={() => {
            setPlaying(false);
            onPlayed();
          }}
        />
        <button
          type="button"
          className={styles.play}
          aria-label={word}
          disabled={fetch.running}
          onClick={() => (playing ? audio.current?.pause() : void play())}
        >
          {playing ? (
            <IconPlayerPauseFilled size={20} aria-hidden="true" />
          ) : (
            <IconPlayerPlayFilled size={20} aria-hidden="true" />
          )}
        </button>
        <span className={`oh-figures ${styles.position}`}>{formatDuration(positionMs)}</span>
        <input
          type="range"
          className={styles.range}
          aria-label={t('voicemail.position')}
          aria-valuetext={formatDuration(positionMs)}
          min={0}
          max={Math.max(1, message.durationMs)}
          step={100}
          value={Math.min(positionMs, message.durationMs)}
          disabled={url === null}
          onChange={(event) => {
            if (audio.current) audio.current.currentTime = Number(event.currentTarget.value) / 1000;
          }}
        />
        <span className="oh-figures">{formatDuration(message.durationMs)}</span>
      </div>
      {fetch.running && <p className={styles.fetching}>{t('voicemail.fetching')}</p>}
      <RefusalNotice reason={fetch.refusal} />
      {unplayable && <Notice tone="bad">{t('voicemail.unplayable')}</Notice>}
    </>
  );
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
