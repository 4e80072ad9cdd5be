// A list and what is chosen in it, side by side; in a narrow window one after the other, with a way back.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { detailSideMark, useDetailSide } from './detail-side.tsx';
import { IconArrowLeft } from './icons.ts';
import styles from './list-and-detail.module.css';

export interface ListAndDetailProps {
  readonly title: string;
  /** Beside the title, for example a search field. */
  readonly tools?: ReactNode;
  readonly list: ReactNode;
  readonly detail: ReactNode;
  /** True while something is chosen: a narrow window then shows the detail. */
  readonly chosen: boolean;
  onBack(): void;
}

export function ListAndDetail({ title, tools, list, detail, chosen, onBack }: ListAndDetailProps) {
  const { t } = useTranslation();
  const taken = useDetailSide();
  return (
    <div className={styles.both} data-chosen={chosen || taken !== null || undefined}>
      <section className={styles.list} aria-label={title}>
        <header className={styles.head}>
          <h1 className={styles.title}>{title}</h1>
          {tools}
        </header>
        <div className={styles.scroll}>{list}</div>
      </section>
      <section className={styles.detail} data-taken={taken !== null || undefined} {...detailSideMark}>
        <div className={styles.back}>
          <Button tone="plain" size="small" icon={IconArrowLeft} onClick={taken?.putAside ?? onBack}>
            {t('common.back')}
          </Button>
        </div>
        {taken ? taken.content : detail}
      </section>
    </div>
  );
}
