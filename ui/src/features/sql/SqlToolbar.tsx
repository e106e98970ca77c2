import { CaretRightOutlined, CheckCircleOutlined, ExclamationCircleOutlined, StopOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import styles from './sql.module.css';

interface Props {
  running: boolean;
  empty: boolean;
  checking: boolean;
  mistakes: number;
  checkFailed: boolean;
  onRun: () => void;
  onRunAll: () => void;
  onCancel: () => void;
}

/** The actions of the editor, and what the check says. */
export function SqlToolbar({ running, empty, checking, mistakes, checkFailed, onRun, onRunAll, onCancel }: Props) {
  const { t } = useTranslation('sql');
  const { t: common } = useTranslation();
  return (
    <Flex className={styles.toolbar} gap="small" align="center" wrap>
      <Button type="primary" icon={<CaretRightOutlined />} disabled={empty} onClick={onRun} title={t('runHint')}>
        {t('run')}
      </Button>
      <Button disabled={empty} onClick={onRunAll}>
        {t('runAll')}
      </Button>
      <Button icon={<StopOutlined />} disabled={!running} onClick={onCancel}>
        {common('cancel')}
      </Button>
      <Typography.Text type="secondary" className={styles.shortcut}>
        {t('shortcut')}
      </Typography.Text>
      <span role="status" className={styles.check}>
        {!empty && <Check checking={checking} mistakes={mistakes} checkFailed={checkFailed} />}
      </span>
    </Flex>
  );
}

function Check({ checking, mistakes, checkFailed }: Pick<Props, 'checking' | 'mistakes' | 'checkFailed'>) {
  const { t } = useTranslation('sql');
  if (checking) {
    return <Typography.Text type="secondary">{t('check.running')}</Typography.Text>;
  }
  if (checkFailed) {
    return (
      <Typography.Text type="warning">
        <WarningOutlined aria-hidden /> {t('check.failed')}
      </Typography.Text>
    );
  }
  return mistakes > 0 ? (
    <Typography.Text type="danger">
      <ExclamationCircleOutlined aria-hidden /> {t('check.mistakes', { count: mistakes })}
    </Typography.Text>
  ) : (
    <Typography.Text type="secondary">
      <CheckCircleOutlined aria-hidden /> {t('check.fine')}
    </Typography.Text>
  );
}
