import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { api, unwrap, type JobView, type ObservedState, type Schemas } from '@/api/client';

/** How often lists are read again, in milliseconds; the reconciler itself looks about once a second. */
const REFRESH = 2_000;

/** What names a job: its own name is not enough. */
export type JobKey = Pick<JobView, 'workspace' | 'name'>;

export interface JobFilter {
  q: string;
  /** Empty for all. */
  workspace: string;
  observed: ObservedState[];
  /** All of them must match. */
  tags: string[];
  sort: JobSort;
}

export const SORTS = ['name', '-name', 'observed', '-observed', 'changedAt', '-changedAt'] as const;
export type JobSort = (typeof SORTS)[number];

interface Page<T> {
  items: T[];
  nextPageToken?: string | null;
}

/** What all lists of this feature share: pages by token, the items of all pages as one list. */
function paged<T>() {
  return {
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<T>) => last.nextPageToken ?? undefined,
    select: (data: { pages: Page<T>[] }) => data.pages.flatMap((page) => page.items),
  };
}

export function useJobList(filter: JobFilter) {
  return useInfiniteQuery({
    ...paged<JobView>(),
    queryKey: ['jobs', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/jobs', {
          params: {
            query: {
              ...(filter.q && { q: filter.q }),
              ...(filter.workspace && { workspace: filter.workspace }),
              ...(filter.observed.length > 0 && { observed: filter.observed }),
              ...(filter.tags.length > 0 && { tag: filter.tags }),
              sort: filter.sort,
              ...(pageParam && { pageToken: pageParam }),
            },
          },
          signal,
        }),
      ),
    refetchInterval: REFRESH,
    // While the filter changes, the old rows stay instead of a flash of nothing.
    placeholderData: keepPreviousData,
  });
}

/** The workspaces that the reader sees, by name. */
export function useWorkspaces() {
  return useQuery({
    queryKey: ['workspaces'],
    queryFn: ({ signal }) => unwrap(api.GET('/workspaces', { signal })),
    select: ({ items }) => items.map(({ name }) => name),
  });
}

/** The tags of the jobs that the reader sees, by name. */
export function useJobTags() {
  return useQuery({
    queryKey: ['jobs', 'tags'],
    queryFn: ({ signal }) => unwrap(api.GET('/jobs/tags', { params: { query: { pageSize: 1000 } }, signal })),
    select: ({ items }) => items,
  });
}

const JOB = '/workspaces/{workspace}/jobs/{job}';

function path({ workspace, name }: JobKey) {
  return { workspace, job: name };
}

export function useJob(job: JobKey) {
  return useQuery({
    queryKey: ['jobs', 'one', job.workspace, job.name],
    queryFn: ({ signal }) => unwrap(api.GET(JOB, { params: { path: path(job) }, signal })),
    refetchInterval: REFRESH,
  });
}

export function useJobEvents(job: JobKey) {
  return useInfiniteQuery({
    ...paged<Schemas['JobEventView']>(),
    queryKey: ['jobs', 'events', job.workspace, job.name],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(`${JOB}/events`, {
          params: { path: path(job), query: pageParam ? { pageToken: pageParam } : {} },
          signal,
        }),
      ),
    refetchInterval: REFRESH,
  });
}

export function useJobVersions(job: JobKey) {
  return useInfiniteQuery({
    ...paged<Schemas['JobVersionView']>(),
    queryKey: ['jobs', 'versions', job.workspace, job.name],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(`${JOB}/versions`, {
          params: { path: path(job), query: pageParam ? { pageToken: pageParam } : {} },
          signal,
        }),
      ),
  });
}

/** Records a wish, based on what the reader saw: a job that changed meanwhile is refused and read again. */
export function usePatchJob() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ job, patch }: { job: JobView; patch: Schemas['JobPatch'] }) =>
      unwrap(
        api.PATCH(JOB, {
          params: { path: path(job), header: { 'If-Match': `"${job.generation}"` } },
          body: patch,
        }),
      ),
    onSuccess: (job) => queries.setQueryData(['jobs', 'one', job.workspace, job.name], job),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
