import { QueryClient } from '@tanstack/react-query';

import { ProblemError, UNREACHABLE } from './problem';

/** Only what may pass by itself is asked again: an unreachable or overloaded server, not a refusal. */
function retry(failures: number, error: unknown): boolean {
  const passing = error instanceof ProblemError && (error.code === UNREACHABLE || error.status === 503);
  return passing && failures < 2;
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry, staleTime: 1_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
