import { Flex, Table, Typography, type TableProps } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '@/api/client';

import type { Row } from './runScript';
import styles from './sql.module.css';

interface Props {
  columns: Schemas['ResultColumn'][];
  rows: Row[];
  running: boolean;
}

type Numbered = Row & { key: number };

const PAGE = 100;

/** The rows of a result, in pages; a query whose rows change shows the changes as they came. */
export function ResultGrid({ columns, rows, running }: Props) {
  const { t } = useTranslation('sql');
  const changes = useMemo(() => rows.some((row) => row.op !== '+I'), [rows]);
  const data = useMemo<Numbered[]>(() => rows.map((row, key) => ({ ...row, key })), [rows]);
  const shown: TableProps<Numbered>['columns'] = [
    ...(changes
      ? [{ key: 'op', title: t('result.change'), render: (_: unknown, { op }: Numbered) => <Change op={op} /> }]
      : []),
    ...columns.map(({ name, type }, index) => ({
      key: index,
      title: <Head name={name} type={type} />,
      align: isNumber(type) ? ('end' as const) : ('start' as const),
      render: (_: unknown, row: Numbered) => <Cell value={row.values[index]} />,
    })),
  ];
  return (
    <Table
      className={styles.grid}
      columns={shown}
      dataSource={data}
      size="small"
      bordered
      scroll={{ x: 'max-content' }}
      pagination={{ pageSize: PAGE, showSizeChanger: false, hideOnSinglePage: true, placement: ['bottomStart'] }}
      locale={{ emptyText: running ? t('result.waiting') : t('result.noRows') }}
    />
  );
}

function isNumber(type: string): boolean {
  return /^(TINYINT|SMALLINT|INT|INTEGER|BIGINT|DECIMAL|NUMERIC|FLOAT|DOUBLE)\b/.test(type);
}

function Head({ name, type }: { name: string; type: string }) {
  return (
    <Flex vertical>
      <span>{name}</span>
      <Typography.Text type="secondary" className={styles.type}>
        {type}
      </Typography.Text>
    </Flex>
  );
}

/** NULL is told apart from the text "NULL" by its look and, for those who hear it, by its name. */
function Cell({ value }: { value: unknown }) {
  const { t } = useTranslation('sql');
  if (value === null || value === undefined) {
    return (
      <Typography.Text type="secondary" italic aria-label={t('result.null')}>
        NULL
      </Typography.Text>
    );
  }
  return <span className={styles.cell}>{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
}

function Change({ op }: { op: Row['op'] }) {
  const { t } = useTranslation('sql');
  return (
    <Typography.Text code title={t(`result.op.${op}`)}>
      {op}
    </Typography.Text>
  );
}
