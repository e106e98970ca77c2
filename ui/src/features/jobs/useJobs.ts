import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { api, unwrap, type JobView, type ObservedState, type Schemas } from '@/api/client';

/** How often lists are read again, in milliseconds; the reconciler itself looks about once a second. */
const REFRESH = 2_000;

export interface JobFilter {
  q: string;
  observed: ObservedState[];
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
              ...(filter.observed.length > 0 && { observed: filter.observed }),
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

export function useJob(name: string) {
  return useQuery({
    queryKey: ['jobs', 'one', name],
    queryFn: ({ signal }) => unwrap(api.GET('/jobs/{name}', { params: { path: { name } }, signal })),
    refetchInterval: REFRESH,
  });
}

export function useJobEvents(name: string) {
  return useInfiniteQuery({
    ...paged<Schemas['JobEventView']>(),
    queryKey: ['jobs', 'events', name],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/jobs/{name}/events', {
          params: { path: { name }, query: pageParam ? { pageToken: pageParam } : {} },
          signal,
        }),
      ),
    refetchInterval: REFRESH,
  });
}

export function useJobVersions(name: string) {
  return useInfiniteQuery({
    ...paged<Schemas['JobVersionView']>(),
    queryKey: ['jobs', 'versions', name],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/jobs/{name}/versions', {
          params: { path: { name }, query: pageParam ? { pageToken: pageParam } : {} },
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
        api.PATCH('/jobs/{name}', {
          params: { path: { name: job.name }, header: { 'If-Match': `"${job.generation}"` } },
          body: patch,
        }),
      ),
    onSuccess: (job) => queries.setQueryData(['jobs', 'one', job.name], job),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
}
