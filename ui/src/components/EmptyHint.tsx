import { Empty, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What to do first. */
  hint: ReactNode;
}

/** Stands where a list would be while there is nothing to list. */
export function EmptyHint({ title, hint }: Props) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <Flex vertical align="center" gap="small">
          <Typography.Text strong>{title}</Typography.Text>
          <Typography.Text type="secondary">{hint}</Typography.Text>
        </Flex>
      }
    />
  );
}
