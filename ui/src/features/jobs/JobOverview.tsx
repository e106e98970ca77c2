import { Descriptions, Typography, type DescriptionsProps } from 'antd';
import { useTranslation } from 'react-i18next';

import type { JobView } from '@/api/client';
import { useFormats } from '@/i18n/format';

import styles from './jobs.module.css';
import { Tags } from './Tags';

/** The facts of a job. */
export function JobOverview({ job }: { job: JobView }) {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const { number, moment } = useFormats();
  const none = common('none');
  const { spec, deployment } = job;
  const runsAnother = job.runningVersion != null && job.runningVersion !== job.version;
  const items: DescriptionsProps['items'] = [
    { key: 'reason', label: t('field.reason'), children: job.reason ?? none, span: 'filled' },
    ...(spec.description
      ? [{ key: 'description', label: t('field.description'), children: spec.description, span: 'filled' as const }]
      : []),
    { key: 'workspace', label: t('field.workspace'), children: job.workspace },
    { key: 'owner', label: t('field.owner'), children: job.owner ?? none },
    { key: 'tags', label: t('field.tags'), children: job.tags.length > 0 ? <Tags tags={job.tags} /> : none, span: 'filled' },
    { key: 'desired', label: t('field.desired'), children: t(`desired.${job.desired}`) },
    { key: 'mode', label: t('field.mode'), children: t(`mode.${spec.mode ?? 'STREAMING'}`) },
    { key: 'target', label: t('field.target'), children: spec.target ?? 'local' },
    { key: 'parallelism', label: t('field.parallelism'), children: number(spec.parallelism ?? 1) },
    { key: 'checkpoint', label: t('field.checkpoint'), children: spec.checkpoint ?? none },
    {
      key: 'version',
      label: t('field.version'),
      children: runsAnother
        ? t('versionRuns', { version: number(job.version), running: number(job.runningVersion ?? 0) })
        : number(job.version),
    },
    ...(deployment
      ? [
          {
            key: 'deployment',
            label: t('field.deployment'),
            span: 'filled' as const,
            children: `${t('deployed', { from: number(deployment.from), to: number(deployment.to), phase: deployment.phase })}. ${deployment.outcome}`,
          },
        ]
      : []),
    {
      key: 'attempt',
      label: t('field.attempt'),
      children: job.attempt > 0 ? number(job.attempt) : t('attemptNone'),
    },
    {
      key: 'flinkJobId',
      label: t('field.flinkJobId'),
      children: job.flinkJobId ? <Typography.Text code copyable>{job.flinkJobId}</Typography.Text> : none,
    },
    { key: 'created', label: t('field.created'), children: moment(job.createdAt) },
    { key: 'changed', label: t('field.changed'), children: moment(job.changedAt) },
    {
      key: 'restore',
      label: t('field.restore'),
      span: 'filled',
      children: job.restorePath ? <Typography.Text code>{job.restorePath}</Typography.Text> : t('restoreEmpty'),
    },
    ...(spec.settings && Object.keys(spec.settings).length > 0
      ? [{ key: 'settings', label: t('field.settings'), children: <Settings settings={spec.settings} /> }]
      : []),
  ];
  return <Descriptions className={styles.facts} bordered column={{ xs: 1, md: 2 }} items={items} />;
}

function Settings({ settings }: { settings: Record<string, string> }) {
  return Object.entries(settings).map(([key, value]) => (
    <div key={key}>
      <Typography.Text code>
        {key} = {value}
      </Typography.Text>
    </div>
  ));
}
