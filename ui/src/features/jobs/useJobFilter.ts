import { useSearchParams } from 'react-router';

import type { ObservedState } from '@/api/client';

import { SORTS, type JobFilter } from './useJobs';

export const STATES: readonly ObservedState[] = [
  'IDLE',
  'STARTING',
  'RUNNING',
  'RESTARTING',
  'STOPPING',
  'FINISHED',
  'FAILED',
  'NEEDS_DECISION',
];

/** The filter of the list, kept in the address so that it can be shared and survives a reload. */
export function useJobFilter(): [JobFilter, (change: Partial<JobFilter>) => void] {
  const [params, setParams] = useSearchParams();
  const filter: JobFilter = {
    q: params.get('q') ?? '',
    workspace: params.get('workspace') ?? '',
    observed: STATES.filter((state) => params.getAll('observed').includes(state)),
    tags: params.getAll('tag'),
    sort: SORTS.find((sort) => sort === params.get('sort')) ?? 'name',
  };
  const change = (changes: Partial<JobFilter>) => setParams(toParams({ ...filter, ...changes }), { replace: true });
  return [filter, change];
}

function toParams({ q, workspace, observed, tags, sort }: JobFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (q) {
    params.set('q', q);
  }
  if (workspace) {
    params.set('workspace', workspace);
  }
  observed.forEach((state) => params.append('observed', state));
  tags.forEach((tag) => params.append('tag', tag));
  if (sort !== 'name') {
    params.set('sort', sort);
  }
  return params;
}
