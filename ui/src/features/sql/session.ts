import type { QueryClient } from '@tanstack/react-query';

import { api, unwrap, type Schemas } from '@/api/client';
import { ProblemError } from '@/api/problem';

type Session = Schemas['SqlSessionView'];

const KEY = ['sql', 'session'];

/** The open session, if there is one; asking opens none. */
export function openSession(queries: QueryClient): string | undefined {
  return queries.getQueryData<Session>(KEY)?.id;
}

/** Several callers at once get the same session. */
function open(queries: QueryClient): Promise<Session> {
  return queries.query({
    queryKey: KEY,
    queryFn: async () => {
      const session = await unwrap(api.POST('/sql-sessions', { body: {} }));
      closeWithPage(queries, session.id);
      return session;
    },
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** Sessions are few; one whose page is gone is of no use to anybody. */
function closeWithPage(queries: QueryClient, id: string): void {
  const close = () => {
    if (openSession(queries) === id) {
      forgetSession(queries, id);
      // The page will not see the answer, and an idle session ends by itself.
      void api.DELETE('/sql-sessions/{session}', { params: { path: { session: id } }, keepalive: true }).catch(() => undefined);
    }
  };
  window.addEventListener('pagehide', close, { once: true });
}

export function forgetSession(queries: QueryClient, id: string): void {
  if (openSession(queries) === id) {
    queries.removeQueries({ queryKey: KEY });
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'SQL_SESSION_NOT_FOUND';
}

/**
 * Calls with the session of this page, opened when it is needed first. Idle sessions end, and so do all when the gateway
 * restarts: then the call is made once more in a new one.
 */
export async function withSession<T>(queries: QueryClient, call: (session: string) => Promise<T>): Promise<T> {
  const { id } = await open(queries);
  try {
    return await call(id);
  } catch (error) {
    if (!isGone(error)) {
      throw error;
    }
    forgetSession(queries, id);
    return call((await open(queries)).id);
  }
}
