import { useQuery } from '@tanstack/react-query';

import { api, unwrap } from '@/api/client';

/** What this server is; it changes only with an upgrade. */
export function useServerInfo() {
  return useQuery({
    queryKey: ['info'],
    queryFn: ({ signal }) => unwrap(api.GET('/info', { signal })),
    staleTime: Infinity,
  });
}
