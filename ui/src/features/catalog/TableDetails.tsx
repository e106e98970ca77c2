import { KeyOutlined } from '@ant-design/icons';
import { Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '@/api/client';
import { Failure } from '@/components/Failure';

import { AsOf } from './AsOf';
import styles from './catalog.module.css';
import { quoted } from './names';
import { useTable } from './useCatalogs';

interface Props {
  catalog: string;
  database: string;
  table: string;
  onInsert: (text: string) => void;
}

/** Columns and options of one table. */
export function TableDetails({ catalog, database, table, onInsert }: Props) {
  const query = useTable(catalog, database, table);
  if (query.isPending) {
    return <Skeleton active title={false} paragraph={{ rows: 3 }} className={styles.note} />;
  }
  if (query.data === undefined) {
    return <Failure error={query.error} retry={() => void query.refetch()} />;
  }
  const { definition } = query.data;
  return (
    <>
      <AsOf at={query.data.asOf} />
      {definition.comment && (
        <Typography.Paragraph type="secondary" className={styles.note}>
          {definition.comment}
        </Typography.Paragraph>
      )}
      <Columns definition={definition} onInsert={onInsert} />
      <Facts definition={definition} />
    </>
  );
}

type Definition = Schemas['TableDefinition'];

function Columns({ definition, onInsert }: { definition: Definition; onInsert: Props['onInsert'] }) {
  const { t } = useTranslation('catalog');
  const keys = definition.primaryKey?.columns ?? [];
  return (
    <ul className={styles.list} aria-label={t('columns')}>
      {definition.columns.map((column) => (
        <li key={column.name}>
          <button
            type="button"
            className={styles.column}
            aria-label={t('insertColumn', { name: column.name, type: typeOf(column) })}
            title={column.comment ?? undefined}
            onClick={() => onInsert(quoted(column.name))}
          >
            <span className={styles.name}>
              {column.name}
              {keys.includes(column.name) && <KeyOutlined className={styles.key} aria-label={t('key')} />}
            </span>
            <span className={styles.type}>{typeOf(column)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A computed column may have no type before it is planned; then its expression says more. */
function typeOf({ type, expression, kind }: Schemas['ColumnView']): string {
  if (type) {
    return type;
  }
  return expression ? `AS ${expression}` : kind;
}

function Facts({ definition }: { definition: Definition }) {
  const { t } = useTranslation('catalog');
  const facts: [string, string][] = [
    ...definition.watermarks.map(({ column, expression }): [string, string] => [t('watermark'), `${column}: ${expression}`]),
    ...(definition.partitionKeys.length > 0
      ? [[t('partitions'), definition.partitionKeys.join(', ')] as [string, string]]
      : []),
    ...Object.entries(definition.options),
    ...(definition.view ? [[t('query'), definition.view.original] as [string, string]] : []),
  ];
  if (facts.length === 0) {
    return null;
  }
  return (
    <dl className={styles.facts} aria-label={t('options')}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
