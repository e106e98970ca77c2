import { Button, Flex, Space, Table, Tag, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';

import type { JobView, Schemas } from '@/api/client';
import { EmptyHint } from '@/components/EmptyHint';
import { Failure } from '@/components/Failure';
import { SqlText } from '@/components/sql/SqlText';
import { useFormats } from '@/i18n/format';

import styles from './jobs.module.css';
import { useJobVersions } from './useJobs';

type Version = Schemas['JobVersionView'];

/** Every content that a job has had; a row opens to its script. */
export function JobVersions({ job }: { job: JobView }) {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const { moment, number } = useFormats();
  const versions = useJobVersions(job);
  const columns: TableProps<Version>['columns'] = [
    {
      key: 'version',
      title: t('versions.version'),
      render: (_, { version }) => (
        <Space>
          {number(version)}
          {version === job.version && <Tag>{t('versions.current')}</Tag>}
          {version === job.runningVersion && <Tag color="success">{t('versions.running')}</Tag>}
        </Space>
      ),
    },
    { key: 'created', title: t('versions.created'), render: (_, { createdAt }) => moment(createdAt) },
    { key: 'author', title: t('versions.author'), dataIndex: 'author' },
    { key: 'message', title: t('versions.message'), render: (_, { message }) => <span className={styles.message}>{message}</span> },
    {
      key: 'settings',
      title: t('versions.settings'),
      render: (_, { spec }) =>
        [
          t(`mode.${spec.mode ?? 'STREAMING'}`),
          t('settingsOf.parallelism', { value: number(spec.parallelism ?? 1) }),
          ...(spec.checkpoint ? [t('settingsOf.checkpoint', { value: spec.checkpoint })] : []),
        ].join(' · '),
    },
  ];
  if (versions.isError && !versions.data) {
    return <Failure error={versions.error} retry={() => void versions.refetch()} />;
  }
  return (
    <Flex vertical gap="middle">
      <Table
        rowKey="version"
        size="small"
      columns={columns}
        dataSource={versions.data ?? []}
        loading={versions.isPending}
        pagination={false}
        expandable={{ columnTitle: <span className={styles.unseen}>{t('versions.show')}</span>, expandedRowRender: ({ spec }) => <SqlText text={spec.script} /> }}
        locale={{ emptyText: <EmptyHint title={t('versions.empty')} hint="" /> }}
      />
      {versions.hasNextPage && (
        <Button loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {common('more')}
        </Button>
      )}
    </Flex>
  );
}
