import { Result, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';

export function NotFound() {
  const { t } = useTranslation();
  return <Result status="404" title={t('notFound.title')} extra={<Link to="/jobs">{t('notFound.back')}</Link>} />;
}

/** A bug of ours: say so, and show what a report needs. */
export function RouteCrash() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <Result status="error" title={t('crash.title')} subTitle={t('crash.hint')}>
      <Typography.Text code>{error instanceof Error ? error.message : String(error)}</Typography.Text>
    </Result>
  );
}
