import { Layout, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { Failure } from '@/components/Failure';

import styles from './access.module.css';
import { SignInPage } from './SignInPage';
import { SessionContext, useVisitor } from './useAccess';

interface Props {
  /** Of the link that led here, if one did. */
  code?: string | undefined;
  children: ReactNode;
}

/** Shows the pages to who is signed in, and to others the way in, at the address that they asked for. */
export function SignedIn({ code, children }: Props) {
  const { t } = useTranslation();
  const visitor = useVisitor(code);
  if (visitor.data === undefined) {
    return (
      <Layout className={styles.page}>
        <main className={styles.box}>
          {visitor.isError && !visitor.isFetching ? (
            <Failure error={visitor.error} retry={() => void visitor.refetch()} />
          ) : (
            <Spin delay={500} description={t('loading')} />
          )}
        </main>
      </Layout>
    );
  }
  const { session } = visitor.data;
  if (session === null) {
    return <SignInPage visitor={visitor.data} />;
  }
  return (
    // The key: a page that somebody else signs in to begins anew.
    <SessionContext key={session.user.name} value={session}>
      {children}
    </SessionContext>
  );
}
