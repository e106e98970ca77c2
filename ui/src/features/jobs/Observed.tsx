import { DisconnectOutlined } from '@ant-design/icons';
import { Flex, Typography } from 'antd';
import { Trans, useTranslation } from 'react-i18next';

import type { JobView } from '@/api/client';
import { Ago } from '@/components/Ago';
import { StateTag } from '@/components/StateTag';

/** What was last seen of a job and when; a cluster that is silent does not change the state, only the words beside it. */
export function Observed({ job }: { job: JobView }) {
  const { t } = useTranslation('jobs');
  return (
    <Flex gap="small" align="center" wrap>
      <StateTag state={job.observed} />
      {job.unknownSince ? (
        <Typography.Text type="warning">
          <DisconnectOutlined aria-hidden /> <Trans t={t} i18nKey="unknown" components={{ ago: <Ago at={job.unknownSince} /> }} />
        </Typography.Text>
      ) : (
        <Typography.Text type="secondary">
          {job.seenAt ? <Trans t={t} i18nKey="seen" components={{ ago: <Ago at={job.seenAt} /> }} /> : t('neverSeen')}
        </Typography.Text>
      )}
    </Flex>
  );
}
