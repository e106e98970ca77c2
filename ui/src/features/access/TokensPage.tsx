import { Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Failure } from '@/components/Failure';

import styles from './access.module.css';
import { NewTokenDialog } from './NewTokenDialog';
import { TokenTable } from './TokenTable';
import { useTokens } from './useAccess';

/** The reader's own tokens, for programs that call the API in their name. */
export function TokensPage() {
  const { t } = useTranslation('access');
  const tokens = useTokens();
  const [making, setMaking] = useState(false);
  return (
    <Flex vertical gap="middle">
      <Flex justify="space-between" align="center" gap="middle" wrap>
        <Typography.Title level={1} className={styles.title}>
          {t('tokens.title')}
        </Typography.Title>
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('tokens.new')}
        </Button>
      </Flex>
      {tokens.isError && <Failure error={tokens.error} retry={() => void tokens.refetch()} />}
      {(tokens.data !== undefined || !tokens.isError) && (
        <TokenTable tokens={tokens.data ?? []} loading={tokens.isPending} />
      )}
      <NewTokenDialog open={making} onClose={() => setMaking(false)} />
    </Flex>
  );
}
