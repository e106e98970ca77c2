import { Button, Flex, Input, Select, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Failure } from '@/components/Failure';
import { useFormats } from '@/i18n/format';

import { JobTable } from './JobTable';
import { STATES, useJobFilter } from './useJobFilter';
import { useJobList, useJobTags, useWorkspaces } from './useJobs';
import styles from './jobs.module.css';

/** How long a reader may pause between two keys of a search before it is sent, in milliseconds. */
const PAUSE = 250;

/** All jobs, narrowed by a filter that lives in the address. */
export function JobsPage() {
  const { t } = useTranslation('jobs');
  const { t: common } = useTranslation();
  const { number } = useFormats();
  const [filter, setFilter] = useJobFilter();
  const jobs = useJobList(filter);
  const workspaces = useWorkspaces().data ?? [];
  const tags = useJobTags().data ?? [];
  const several = workspaces.length > 1;
  const filtered = filter.q !== '' || filter.workspace !== '' || filter.observed.length > 0 || filter.tags.length > 0;

  return (
    <Flex vertical gap="middle">
      <Flex justify="space-between" align="center" gap="middle" wrap>
        <Typography.Title level={1} className={styles.title}>
          {t('title')}
        </Typography.Title>
        <div role="search" aria-label={t('filter.label')}>
          <Flex gap="small" wrap>
            {/* The key makes a filter that comes from elsewhere (the back button, "clear") appear in the field. */}
            <SearchText key={filter.q} q={filter.q} onChange={(q) => setFilter({ q })} />
            {(several || filter.workspace !== '') && (
              <Select
                aria-label={t('filter.workspace')}
                className={styles.states ?? ''}
                placeholder={t('filter.allWorkspaces')}
                value={filter.workspace || null}
                options={workspaces.map((value) => ({ value, label: value }))}
                onChange={(workspace: string | null | undefined) => setFilter({ workspace: workspace ?? '' })}
                allowClear
                showSearch
              />
            )}
            <Select
              mode="multiple"
              aria-label={t('filter.states')}
              className={styles.states ?? ''}
              placeholder={t('filter.allStates')}
              value={filter.observed}
              options={STATES.map((value) => ({ value, label: common(`state.${value}`) }))}
              onChange={(observed) => setFilter({ observed })}
              allowClear
              maxTagCount="responsive"
            />
            {(tags.length > 0 || filter.tags.length > 0) && (
              <Select
                mode="multiple"
                aria-label={t('filter.tags')}
                className={styles.states ?? ''}
                placeholder={t('filter.allTags')}
                value={filter.tags}
                options={tags.map(({ tag, jobs: count }) => ({ value: tag, label: `${tag} (${number(count)})` }))}
                onChange={(wanted) => setFilter({ tags: wanted })}
                allowClear
                maxTagCount="responsive"
              />
            )}
            {filtered && (
              <Button type="link" onClick={() => setFilter({ q: '', workspace: '', observed: [], tags: [] })}>
                {t('filter.clear')}
              </Button>
            )}
          </Flex>
        </div>
      </Flex>
      {jobs.isError && <Failure error={jobs.error} retry={() => void jobs.refetch()} />}
      {(jobs.data !== undefined || !jobs.isError) && (
        <JobTable
          jobs={jobs.data ?? []}
          loading={jobs.isPending}
          filtered={filtered}
          several={several}
          sort={filter.sort}
          onSort={(sort) => setFilter({ sort })}
        />
      )}
      {jobs.hasNextPage && (
        <Flex justify="center">
          <Button loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
            {common('more')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

function SearchText({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const { t } = useTranslation('jobs');
  const [text, setText] = useState(q);
  useEffect(() => {
    if (text === q) {
      return undefined;
    }
    const timer = window.setTimeout(() => onChange(text), PAUSE);
    return () => window.clearTimeout(timer);
  }, [text, q, onChange]);
  return (
    <Input
      type="search"
      className={styles.search ?? ''}
      aria-label={t('filter.search')}
      placeholder={t('filter.search')}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
