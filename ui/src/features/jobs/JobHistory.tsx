import { ArrowRightOutlined } from '@ant-design/icons';
import { Button, Flex, Table, Typography, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '@/api/client';
import { EmptyHint } from '@/components/EmptyHint';
import { Failure } from '@/components/Failure';
import { StateTag } from '@/components/StateTag';
import { useFormats } from '@/i18n/format';

import styles from './jobs.module.css';
import { useJobEvents, type JobKey } from './useJobs';

type Event = Schemas['JobEventView'];

/** What happened to a job, newest first. */
export function JobHistory({ job }: { job: JobKey }) {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const { moment, number } = useFormats();
  const events = useJobEvents(job);
  const columns: TableProps<Event>['columns'] = [
    { key: 'at', title: t('history.at'), render: (_, event) => <time dateTime={event.at}>{moment(event.at)}</time> },
    { key: 'kind', title: t('history.kind'), render: (_, event) => <Typography.Text code>{event.kind}</Typography.Text> },
    { key: 'change', title: t('history.change'), render: (_, event) => <Change event={event} /> },
    {
      key: 'attempt',
      title: t('history.attempt'),
      align: 'end',
      render: (_, event) => (event.attempt == null ? common('none') : number(event.attempt)),
    },
    { key: 'actor', title: t('history.actor'), render: (_, event) => event.actor ?? common('none') },
    // A reason may name a savepoint's address, which has no place to break; wrapped, the table never needs to scroll.
    { key: 'reason', title: t('history.reason'), dataIndex: 'reason', className: styles.anywhere },
  ];
  if (events.isError && !events.data) {
    return <Failure error={events.error} retry={() => void events.refetch()} />;
  }
  return (
    <Flex vertical gap="middle">
      <Table
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={events.data ?? []}
        loading={events.isPending}
        pagination={false}
        locale={{ emptyText: <EmptyHint title={t('history.empty')} hint={t('history.emptyHint')} /> }}
      />
      {events.hasNextPage && (
        <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
          {common('more')}
        </Button>
      )}
    </Flex>
  );
}

function Change({ event }: { event: Event }) {
  if (!event.to) {
    return null;
  }
  return (
    <Flex gap="small" align="center">
      {event.from && (
        <>
          <StateTag state={event.from} />
          <ArrowRightOutlined aria-label="→" />
        </>
      )}
      <StateTag state={event.to} />
    </Flex>
  );
}
