import { CaretRightOutlined, DownOutlined, PauseOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { JobView, Schemas } from '@/api/client';
import { toProblem } from '@/api/problem';
import { useProblemTitle } from '@/i18n/problems';

import { StopDialog } from './StopDialog';
import { usePatchJob } from './useJobs';

/** Start and stop. What is offered follows from what people want of the job, not from what was last seen. */
export function JobActions({ job }: { job: JobView }) {
  const { t } = useTranslation('jobs');
  const { message, modal, notification } = App.useApp();
  const problemTitle = useProblemTitle();
  const [stopping, setStopping] = useState(false);
  const patch = usePatchJob();

  const want = (wish: Schemas['JobPatch']) =>
    patch.mutate(
      { job, patch: wish },
      {
        onSuccess: () => {
          const key = wish.desired === 'RUNNING' ? 'requested.start' : 'requested.stop';
          void message.success(t(key, { name: job.name }));
        },
        onError: (error) => {
          const problem = toProblem(error);
          notification.error({ title: problemTitle(problem), description: problem.detail });
        },
        onSettled: () => setStopping(false),
      },
    );

  const startEmpty = () =>
    void modal.confirm({
      title: t('startEmptyTitle', { name: job.name }),
      content: t('startEmptyText'),
      okText: t('startEmpty'),
      onOk: () => want({ desired: 'RUNNING', empty: true }),
    });

  // A job that ended by itself or failed for good is still wanted; it can be started again all the same.
  const ended = job.observed === 'FINISHED' || job.observed === 'FAILED';
  if (job.desired === 'STOPPED' || ended) {
    const start = (
      <Button
        icon={<CaretRightOutlined />}
        loading={patch.isPending}
        aria-label={t('startNamed', { name: job.name })}
        onClick={() => want({ desired: 'RUNNING' })}
      >
        {t('start')}
      </Button>
    );
    return job.restorePath ? (
      <Space.Compact>
        {start}
        <Dropdown
          trigger={['click']}
          menu={{ items: [{ key: 'empty', label: t('startEmpty'), onClick: startEmpty }] }}
        >
          <Button icon={<DownOutlined />} aria-label={t('startOptions', { name: job.name })} />
        </Dropdown>
      </Space.Compact>
    ) : (
      start
    );
  }
  return (
    <>
      <Button
        icon={<PauseOutlined />}
        loading={patch.isPending}
        aria-label={t('stopNamed', { name: job.name })}
        onClick={() => setStopping(true)}
      >
        {t('stop')}
      </Button>
      <StopDialog
        job={job}
        open={stopping}
        busy={patch.isPending}
        onStop={(savepoint) => want({ desired: 'STOPPED', savepoint })}
        onClose={() => setStopping(false)}
      />
    </>
  );
}
