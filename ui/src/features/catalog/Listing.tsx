import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Failure } from '@/components/Failure';

import { AsOf } from './AsOf';
import styles from './catalog.module.css';

/** @property asOf when it was last seen, if its store does not answer now */
interface Item {
  name: string;
  asOf?: string | null;
}

interface Page<T> {
  items: T[];
  nextPageToken?: string | null;
}

interface Props<T> {
  query: UseQueryResult<Page<T>>;
  /** What to say, and to do first, when there is nothing. */
  empty: string;
  children: (item: T) => ReactNode;
}

/** A level of the tree in its four states: loading, failed, empty, there. */
export function Listing<T extends Item>({ query, empty, children }: Props<T>) {
  const { t } = useTranslation('catalog');
  if (query.isPending) {
    return <Skeleton active title={false} paragraph={{ rows: 2 }} className={styles.note} />;
  }
  if (query.data === undefined) {
    return <Failure error={query.error} retry={() => void query.refetch()} />;
  }
  if (query.data.items.length === 0) {
    return (
      <Typography.Paragraph type="secondary" className={styles.note}>
        {empty}
      </Typography.Paragraph>
    );
  }
  return (
    <>
      <AsOf at={lastSeen(query.data.items)} />
      <ul className={styles.list}>{query.data.items.map(children)}</ul>
      {query.data.nextPageToken && (
        <Typography.Paragraph type="secondary" className={styles.note}>
          {t('more')}
        </Typography.Paragraph>
      )}
    </>
  );
}

function lastSeen(items: Item[]): string | undefined {
  return items
    .flatMap(({ asOf }) => (asOf ? [asOf] : []))
    .sort()
    .at(-1);
}
