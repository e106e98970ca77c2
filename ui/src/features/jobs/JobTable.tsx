import { Flex, Table, Typography, type TableProps } from 'antd';
import type { SortOrder } from 'antd/es/table/interface';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { JobView } from '@/api/client';
import { Ago } from '@/components/Ago';
import { EmptyHint } from '@/components/EmptyHint';
import { useFormats } from '@/i18n/format';

import { JobActions } from './JobActions';
import { Observed } from './Observed';
import { Tags } from './Tags';
import { SORTS, type JobSort } from './useJobs';

interface Props {
  jobs: JobView[];
  loading: boolean;
  filtered: boolean;
  /** Whether there are several workspaces, so that a job's name alone does not name it. */
  several: boolean;
  sort: JobSort;
  onSort: (sort: JobSort) => void;
}

/** The list itself. The server sorts; the table only says by what. */
export function JobTable({ jobs, loading, filtered, several, sort, onSort }: Props) {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const sorted = (column: string): { sorter: true; sortOrder: SortOrder } => ({
    sorter: true,
    sortOrder: sort === column ? 'ascend' : sort === `-${column}` ? 'descend' : null,
  });
  const columns: TableProps<JobView>['columns'] = [
    { key: 'name', title: t('column.name'), ...sorted('name'), render: (_, job) => <JobName job={job} /> },
    ...(several ? [{ key: 'workspace', title: t('column.workspace'), dataIndex: 'workspace' }] : []),
    { key: 'observed', title: t('column.state'), ...sorted('observed'), render: (_, job) => <Observed job={job} /> },
    { key: 'desired', title: t('column.desired'), render: (_, job) => t(`desired.${job.desired}`) },
    { key: 'owner', title: t('column.owner'), render: (_, job) => job.owner ?? common('none') },
    { key: 'target', title: t('column.target'), render: (_, job) => job.spec.target ?? 'local' },
    { key: 'version', title: t('column.version'), align: 'end', render: (_, job) => number(job.version) },
    {
      key: 'changedAt',
      title: t('column.changed'),
      ...sorted('changedAt'),
      render: (_, job) => <Ago at={job.changedAt} />,
    },
    { key: 'actions', title: t('column.actions'), align: 'end', render: (_, job) => <JobActions job={job} /> },
  ];
  return (
    <Table
      rowKey={(job) => `${job.workspace}.${job.name}`}
      size="small"
      columns={columns}
      dataSource={jobs}
      loading={loading}
      pagination={false}
      scroll={{ x: 'max-content' }}
      showSorterTooltip={false}
      onChange={(_, __, sorter) => onSort(toSort(sorter))}
      locale={{ emptyText: loading ? <span /> : <NoJobs filtered={filtered} /> }}
    />
  );
}

function toSort(sorter: Parameters<NonNullable<TableProps<JobView>['onChange']>>[2]): JobSort {
  const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
  const wanted = order === 'descend' ? `-${String(columnKey)}` : String(columnKey);
  return (order && SORTS.find((sort) => sort === wanted)) ?? 'name';
}

function JobName({ job }: { job: JobView }) {
  return (
    <Flex vertical>
      <Link to={`/workspaces/${encodeURIComponent(job.workspace)}/jobs/${encodeURIComponent(job.name)}`}>{job.name}</Link>
      {job.spec.description && <Typography.Text type="secondary">{job.spec.description}</Typography.Text>}
      <Tags tags={job.tags} />
    </Flex>
  );
}

function NoJobs({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation('jobs');
  return filtered ? (
    <EmptyHint title={t('noMatch.title')} hint={t('noMatch.hint')} />
  ) : (
    <EmptyHint
      title={t('empty.title')}
      hint={<Trans t={t} i18nKey="empty.hint" components={{ cmd: <Typography.Text code /> }} />}
    />
  );
}
