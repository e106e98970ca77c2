import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { api, unwrap, type Schemas } from '@/api/client';

import { OUTCOME, OUTCOME_OPTIONS, runScript, type Outcome } from './runScript';
import { forgetSession, isGone, openSession, withSession } from './session';
import type { Statement } from './statements';

/** How long the typing must rest before a script is analysed, in milliseconds. */
const REST = 400;

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(text), REST);
    return () => window.clearTimeout(timer);
  }, [text]);
  return rested;
}

/** Analyses in the open session, which knows temporary tables; in a fresh one if there is none or it has ended. */
async function analyse(queries: QueryClient, script: string, signal: AbortSignal): Promise<Schemas['Analysis']> {
  const session = openSession(queries);
  const ask = (id: string | undefined) =>
    unwrap(api.POST('/sql-analyses', { body: { script, ...(id && { session: id }) }, signal }));
  try {
    return await ask(session);
  } catch (error) {
    if (session === undefined || !isGone(error)) {
      throw error;
    }
    forgetSession(queries, session);
    return ask(undefined);
  }
}

/** What is wrong with a script, while it is being written. A newer text cancels the question about the older one. */
export function useAnalysis(script: string) {
  const queries = useQueryClient();
  const rested = useRested(script);
  const query = useQuery({
    queryKey: ['sql', 'analysis', rested],
    queryFn: ({ signal }) => analyse(queries, rested, signal),
    enabled: rested.trim() !== '',
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
  const current = rested === script;
  return { script: rested, analysis: query.data, error: query.error, checking: !current || query.isFetching };
}

/** Runs statements; the outcome is that of the last run, also after a visit to another page. */
export function useRuns() {
  const queries = useQueryClient();
  const { data: outcome } = useQuery<Outcome | null>({
    ...OUTCOME_OPTIONS,
    queryKey: OUTCOME,
    queryFn: () => null,
  });
  const run = useMutation({
    mutationFn: (statements: Statement[]) => runScript(queries, statements),
    onSettled: () => {
      // A statement may have changed what later ones can see.
      void queries.invalidateQueries({ queryKey: ['sql', 'analysis'] });
      void queries.invalidateQueries({ queryKey: ['catalogs'] });
    },
  });
  return { outcome: outcome ?? undefined, run: (statements: Statement[]) => run.mutate(statements) };
}

/** Words that may stand at a place of a statement. */
export function useCompletion() {
  const queries = useQueryClient();
  return (sql: string, position: number, signal: AbortSignal) =>
    withSession(queries, (session) =>
      unwrap(
        api.POST('/sql-sessions/{session}/completions', {
          params: { path: { session } },
          body: { sql, position },
          signal,
        }),
      ),
    );
}

const DRAFT = 'millrace.sql.draft';

/** The script being written; it survives a reload of the tab, not the tab. */
export function useDraft(): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(() => window.sessionStorage.getItem(DRAFT) ?? '');
  return [
    draft,
    (next) => {
      window.sessionStorage.setItem(DRAFT, next);
      setDraft(next);
    },
  ];
}
