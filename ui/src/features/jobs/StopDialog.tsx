import { Flex, Modal, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { JobView } from '@/api/client';

import styles from './jobs.module.css';

interface Props {
  job: JobView;
  open: boolean;
  busy: boolean;
  onStop: (savepoint: boolean) => void;
  onClose: () => void;
}

/** Asks before a job is stopped, and how. */
export function StopDialog({ job, open, busy, onStop, onClose }: Props) {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const [savepoint, setSavepoint] = useState(true);
  const batch = job.spec.mode === 'BATCH';
  return (
    <Modal
      open={open}
      title={t('stopTitle', { name: job.name })}
      okText={t('stop')}
      okButtonProps={{ danger: true }}
      cancelText={common('cancel')}
      confirmLoading={busy}
      onOk={() => onStop(!batch && savepoint)}
      onCancel={onClose}
      destroyOnHidden
    >
      {batch ? (
        <Typography.Paragraph>{t('stopBatch')}</Typography.Paragraph>
      ) : (
        <Radio.Group
          aria-label={t('stopHow')}
          value={savepoint}
          onChange={(event) => setSavepoint(event.target.value === true)}
        >
          <Flex vertical gap="middle" className={styles.choices}>
            <Radio value={true}>
              {t('stopWith')}
              <br />
              <Typography.Text type="secondary">{t('stopWithText')}</Typography.Text>
            </Radio>
            <Radio value={false}>
              {t('stopWithout')}
              <br />
              <Typography.Text type="secondary">{t('stopWithoutText')}</Typography.Text>
            </Radio>
          </Flex>
        </Radio.Group>
      )}
    </Modal>
  );
}
