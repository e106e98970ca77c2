import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import styles from './sql.module.css';

const ReadOnlySql = lazy(() => import('./ReadOnlySql'));

/** A script to be read. */
export function SqlText({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.framed}>
      <Suspense fallback={<Skeleton active className={styles.waiting ?? ''} />}>
        <ReadOnlySql text={text} label={t('editor.script')} />
      </Suspense>
    </div>
  );
}
