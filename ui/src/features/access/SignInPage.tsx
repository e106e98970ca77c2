import { Alert, Button, Flex, Form, Input, Layout, Typography, type InputRef } from 'antd';
import { useEffect, useRef } from 'react';
import { Trans, useTranslation } from 'react-i18next';

import { Failure } from '@/components/Failure';
import { LanguageSwitch } from '@/components/LanguageSwitch';

import styles from './access.module.css';
import { useProvider, useProviderSignIn, useSignIn, type Visitor } from './useAccess';

/** The way in for who is not signed in: by name and password, by the OpenID provider, or by a link. */
export function SignInPage({ visitor }: { visitor: Visitor }) {
  const { t } = useTranslation('access');
  const first = useRef<InputRef>(null);
  const signIn = useSignIn();
  const provider = useProvider().data;
  const leave = useProviderSignIn();
  const idle = signIn.isIdle && leave.isIdle;
  const failure = idle ? visitor.refused : (leave.error ?? signIn.error);
  useEffect(() => first.current?.focus(), []);
  return (
    <Layout className={styles.page}>
      <main className={styles.box}>
        <Flex vertical gap="middle">
          <Flex align="center" gap="small">
            <img src="/favicon.svg" alt="" className={styles.mark} />
            <Typography.Title level={1} className={styles.title}>
              {t('signIn.title')}
            </Typography.Title>
          </Flex>
          {visitor.ended && idle && <Alert type="info" showIcon title={t('signIn.ended')} />}
          {failure != null && <Failure error={failure} />}
          <Form
            name="sign-in"
            layout="vertical"
            requiredMark={false}
            onFinish={(who: { name: string; password: string }) => {
              leave.reset();
              signIn.mutate(who);
            }}
          >
            <Form.Item name="name" label={t('signIn.name')} rules={[{ required: true, message: t('signIn.nameMissing') }]}>
              <Input ref={first} autoComplete="username" autoCapitalize="none" spellCheck={false} />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('signIn.password')}
              rules={[{ required: true, message: t('signIn.passwordMissing') }]}
            >
              <Input type="password" autoComplete="current-password" />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
              {t('signIn.button')}
            </Button>
          </Form>
          {provider != null && (
            <Button block loading={leave.isPending} onClick={() => leave.mutate()} className={styles.provider ?? ''}>
              {t('signIn.provider', { name: provider })}
            </Button>
          )}
          <Typography.Text type="secondary">
            <Trans t={t} i18nKey="signIn.hint" components={{ cmd: <Typography.Text code className={styles.whole ?? ''} /> }} />
          </Typography.Text>
          <Flex justify="center">
            <LanguageSwitch />
          </Flex>
        </Flex>
      </main>
    </Layout>
  );
}
