import { Flex, Layout, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet } from 'react-router';

import { LanguageSwitch } from '@/components/LanguageSwitch';
import { UserMenu } from '@/features/access/UserMenu';

import styles from './Shell.module.css';
import { useServerInfo } from './useServerInfo';

/** The frame around every page: name, places, language, who is signed in. */
export function Shell() {
  const { t } = useTranslation();
  const info = useServerInfo();
  return (
    <Layout className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.header}>
        <Link to="/jobs" className={styles.brand} aria-label={t('nav.home')}>
          <img src="/favicon.svg" alt="" className={styles.mark} />
          Millrace
        </Link>
        <nav aria-label={t('nav.label')} className={styles.nav}>
          <NavLink to="/jobs">{t('nav.jobs')}</NavLink>
          <NavLink to="/sql">{t('nav.sql')}</NavLink>
        </nav>
        <Flex gap="middle" align="center" className={styles.end}>
          {info.data && (
            <Typography.Text type="secondary" className={styles.server}>
              {t('server', { version: info.data.version, flink: info.data.flinkVersion })}
            </Typography.Text>
          )}
          <LanguageSwitch />
          <UserMenu />
        </Flex>
      </header>
      <main id="content" tabIndex={-1} className={styles.content}>
        <Outlet />
      </main>
    </Layout>
  );
}
