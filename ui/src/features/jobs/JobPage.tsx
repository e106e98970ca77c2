import { LeftOutlined } from '@ant-design/icons';
import { Flex, Skeleton, Tabs, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';

import { Failure } from '@/components/Failure';
import { SqlText } from '@/components/sql/SqlText';

import { JobActions } from './JobActions';
import { JobHistory } from './JobHistory';
import { JobOverview } from './JobOverview';
import { JobVersions } from './JobVersions';
import { Observed } from './Observed';
import styles from './jobs.module.css';
import { useJob } from './useJobs';

/** One job: what it is, how it goes, what happened to it. The tab lives in the address. */
export function JobPage() {
  const { t } = useTranslation('jobs');
  const { workspace = '', name = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const query = useJob({ workspace, name });
  const job = query.data;
  return (
    <Flex vertical gap="middle">
      <Link to="/jobs">
        <LeftOutlined aria-hidden /> {t('back')}
      </Link>
      <Flex justify="space-between" align="center" gap="middle" wrap>
        <Flex gap="middle" align="center" wrap>
          <Typography.Title level={1} className={styles.title}>
            {name}
          </Typography.Title>
          {job && <Observed job={job} />}
        </Flex>
        {job && <JobActions job={job} />}
      </Flex>
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active />}
      {job && (
        <Tabs
          activeKey={params.get('tab') ?? 'overview'}
          onChange={(tab) => setParams(tab === 'overview' ? {} : { tab }, { replace: true })}
          items={[
            { key: 'overview', label: t('tab.overview'), children: <JobOverview job={job} /> },
            { key: 'script', label: t('tab.script'), children: <SqlText text={job.spec.script} /> },
            { key: 'history', label: t('tab.history'), children: <JobHistory job={job} /> },
            { key: 'versions', label: t('tab.versions'), children: <JobVersions job={job} /> },
          ]}
        />
      )}
    </Flex>
  );
}
