import { Alert, Button, Flex, Form, Input, Modal, Radio, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import { Failure } from '@/components/Failure';

import styles from './access.module.css';
import { useCreateToken } from './useAccess';

/** How long a token may live, in days; 0 is until it is revoked. */
const LIFETIMES = [30, 90, 365, 0];

const FORM = 'new-token';

interface Wanted {
  name: string;
  days: number;
}

/** Makes a token and shows its secret, which can be seen this once. */
export function NewTokenDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('access');
  const { t: common } = useTranslation();
  const create = useCreateToken();
  const secret = create.data?.secret;
  const close = () => {
    onClose();
    create.reset();
  };
  const options = LIFETIMES.map((days) => ({
    value: days,
    label: days === 0 ? t('tokens.unlimited') : t('tokens.days', { count: days }),
  }));
  return (
    <Modal
      open={open}
      title={t('tokens.new')}
      okText={t('tokens.create')}
      okButtonProps={{ htmlType: 'submit', form: FORM }}
      cancelText={common('cancel')}
      confirmLoading={create.isPending}
      onCancel={close}
      // A secret is not lost by a click or a key that missed.
      mask={{ closable: !secret }}
      keyboard={!secret}
      {...(secret && { footer: <Button onClick={close}>{common('close')}</Button> })}
      destroyOnHidden
    >
      {secret ? (
        <Flex vertical gap="middle">
          <Alert type="warning" showIcon title={t('tokens.once')} description={t('tokens.usage')} />
          <Typography.Text code copyable={{ text: secret }} className={styles.anywhere ?? ''}>
            {secret}
          </Typography.Text>
        </Flex>
      ) : (
        <Form
          name={FORM}
          layout="vertical"
          requiredMark={false}
          initialValues={{ days: 90 }}
          onFinish={({ name, days }: Wanted) =>
            create.mutate({ name: name.trim(), ...(days !== 0 && { lifetime: `P${days}D` }) })
          }
        >
          {create.isError && <Failure error={create.error} />}
          <Form.Item
            name="name"
            label={t('tokens.name')}
            extra={t('tokens.nameHint')}
            rules={[{ required: true, whitespace: true, message: t('tokens.nameMissing') }]}
          >
            <Input autoComplete="off" maxLength={100} />
          </Form.Item>
          <Form.Item name="days" label={t('tokens.lifetime')}>
            <Radio.Group aria-label={t('tokens.lifetime')} options={options} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
