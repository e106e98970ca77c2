import { useQuery } from '@tanstack/react-query';

import { api, unwrap } from '@/api/client';

/** Most names of one level that the tree loads; larger databases are searched by completion in the editor. */
const LIMIT = 1_000;

const STALE = 30_000;

export function useCatalogs() {
  return useQuery({
    queryKey: ['catalogs'],
    queryFn: ({ signal }) => unwrap(api.GET('/catalogs', { signal })),
    staleTime: STALE,
  });
}

export function useDatabases(catalog: string) {
  return useQuery({
    queryKey: ['catalogs', catalog],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/catalogs/{catalog}/databases', {
          params: { path: { catalog }, query: { pageSize: LIMIT } },
          signal,
        }),
      ),
    staleTime: STALE,
  });
}

export function useTables(catalog: string, database: string) {
  return useQuery({
    queryKey: ['catalogs', catalog, database],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/catalogs/{catalog}/databases/{database}/tables', {
          params: { path: { catalog, database }, query: { pageSize: LIMIT } },
          signal,
        }),
      ),
    staleTime: STALE,
  });
}

export function useTable(catalog: string, database: string, table: string) {
  return useQuery({
    queryKey: ['catalogs', catalog, database, table],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/catalogs/{catalog}/databases/{database}/tables/{table}', {
          params: { path: { catalog, database, table } },
          signal,
        }),
      ),
    staleTime: STALE,
  });
}
