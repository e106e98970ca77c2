import { Alert, Flex, Spin, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

import { ProblemError } from '@/api/problem';
import { EmptyHint } from '@/components/EmptyHint';
import { Failure } from '@/components/Failure';
import { StateTag } from '@/components/StateTag';
import { useFormats } from '@/i18n/format';

import { ResultGrid } from './ResultGrid';
import type { Outcome, StatementView } from './runScript';
import styles from './sql.module.css';

/** What came of the statement that was sent last. */
export function ResultPanel({ outcome }: { outcome: Outcome | undefined }) {
  const { t } = useTranslation('sql');
  return (
    <section className={styles.result} aria-label={t('result.label')} aria-busy={outcome?.running ?? false}>
      {outcome ? <OutcomeView outcome={outcome} /> : <EmptyHint title={t('result.empty')} hint={t('result.hint')} />}
    </section>
  );
}

function OutcomeView({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation('sql');
  const { view, rows, error } = outcome;
  const failed = view?.problem != null || error !== undefined;
  return (
    <Flex vertical gap="small" className={styles.outcome}>
      <Summary outcome={outcome} />
      {error !== undefined && <Failure error={error} />}
      {view?.problem && <Failure error={new ProblemError(view.problem)} />}
      {view?.message && !failed && <Alert type={view.truncated ? 'warning' : 'info'} showIcon title={view.message} />}
      {view && view.columns.length > 0 && <ResultGrid columns={view.columns} rows={rows} running={outcome.running} />}
      {view?.state === 'FINISHED' && view.columns.length === 0 && !view.message && (
        <Typography.Text type="secondary">{t('result.done')}</Typography.Text>
      )}
    </Flex>
  );
}

function Summary({ outcome: { statement, index, count, view, rows, running } }: { outcome: Outcome }) {
  const { t } = useTranslation('sql');
  const { number, duration } = useFormats();
  return (
    <Flex gap="middle" align="center">
      <Flex gap="middle" align="center" role="status" className={styles.facts}>
        {view ? <StateTag state={view.state} /> : running && <Spin />}
        {count > 1 && <span>{t('result.position', { index: number(index), total: number(count) })}</span>}
        {view && view.columns.length > 0 && <span>{t('result.rows', { count: rows.length, n: number(rows.length) })}</span>}
        {view && <Typography.Text type="secondary">{duration(view.elapsedMillis)}</Typography.Text>}
        {view?.flinkJobId && <JobId view={view} />}
      </Flex>
      <Typography.Text type="secondary" code ellipsis className={styles.sent} title={statement.text}>
        {statement.text.replace(/\s+/g, ' ')}
      </Typography.Text>
    </Flex>
  );
}

function JobId({ view }: { view: StatementView }) {
  const { t } = useTranslation('sql');
  return (
    <Typography.Text type="secondary">
      {t('result.job')} <Typography.Text code>{view.flinkJobId}</Typography.Text>
    </Typography.Text>
  );
}
