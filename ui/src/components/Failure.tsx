import { Alert, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import { toProblem } from '@/api/problem';
import { useProblemTitle } from '@/i18n/problems';

interface Props {
  error: unknown;
  retry?: () => void;
}

/** A failed request: what failed in the reader's language, the server's own sentence, and a way on. */
export function Failure({ error, retry }: Props) {
  const { t } = useTranslation();
  const title = useProblemTitle();
  const problem = toProblem(error);
  return (
    <Alert
      type="error"
      showIcon
      title={title(problem)}
      description={
        <Flex vertical>
          <span>{problem.detail}</span>
          {problem.requestId && (
            <Typography.Text type="secondary">{t('request', { id: problem.requestId })}</Typography.Text>
          )}
        </Flex>
      }
      action={retry && <Button onClick={retry}>{t('retry')}</Button>}
    />
  );
}
