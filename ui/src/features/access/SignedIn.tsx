import { Layout, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Schemas } from '@/api/client';
import { Failure } from '@/components/Failure';

import styles from './access.module.css';
import { SignInPage } from './SignInPage';
import { SessionContext, useVisitor } from './useAccess';

interface Props {
  /** What lets in who came by this address, if something does. */
  proof?: Schemas['NewSession'] | undefined;
  children: ReactNode;
}

/** Shows the pages to who is signed in, and to others the way in, at the address that they asked for. */
export function SignedIn({ proof, children }: Props) {
  const { t } = useTranslation();
  const visitor = useVisitor(proof);
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
