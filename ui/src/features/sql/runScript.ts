import type { QueryClient } from '@tanstack/react-query';

import { api, unwrap, type Schemas } from '@/api/client';

import { withSession } from './session';
import type { Statement } from './statements';

export type StatementView = Schemas['SqlStatementView'];
export type Row = Schemas['ResultRow'];

/** What the result panel shows: the statement that was sent last and its rows so far. */
export interface Outcome {
  statement: Statement;
  /** Which statement of how many this is, from 1. */
  index: number;
  count: number;
  /** Undefined until the server has accepted the statement. */
  view?: StatementView;
  rows: Row[];
  /** A call that failed, as opposed to a statement that failed. */
  error?: unknown;
  /** Whether the run goes on: this statement, or more after it. */
  running: boolean;
  cancel: () => void;
}

export const OUTCOME = ['sql', 'outcome'];

/** Nobody but runs themselves writes it, and comparing thousands of rows at each page would be for nothing. */
export const OUTCOME_OPTIONS = { staleTime: Infinity, gcTime: Infinity, structuralSharing: false } as const;

/** Limits of one result. More rows are of no use in a page; a query that must run longer is a job. */
const PAGE_SIZE = 500;
const MAX_ROWS = 10_000;
const WAIT_MILLIS = 1_000;

/**
 * Runs statements one after another, each when the one before has finished, and stops at the first that fails.
 * Keeps the outcome in the query cache, so that it survives a visit to another page; a new run ends the one before.
 */
export async function runScript(queries: QueryClient, statements: Statement[]): Promise<void> {
  queries.getQueryData<Outcome>(OUTCOME)?.cancel();
  const abort = new AbortController();
  const cancel = () => abort.abort();
  for (const [position, statement] of statements.entries()) {
    let outcome: Outcome = {
      statement,
      index: position + 1,
      count: statements.length,
      rows: [],
      running: true,
      cancel,
    };
    queries.setQueryData(OUTCOME, outcome);
    const publish = (change: Partial<Outcome>) => {
      outcome = { ...outcome, ...change };
      if (queries.getQueryData<Outcome>(OUTCOME)?.cancel === cancel) {
        queries.setQueryData(OUTCOME, outcome);
      }
    };
    try {
      await runOne(queries, statement, abort.signal, publish, () => outcome.rows);
    } catch (error) {
      publish(abort.signal.aborted ? canceled(outcome) : { error });
    }
    const goesOn = !abort.signal.aborted && outcome.view?.state === 'FINISHED' && outcome.error === undefined;
    if (!goesOn || position === statements.length - 1) {
      publish({ running: false });
      return;
    }
  }
}

async function runOne(
  queries: QueryClient,
  statement: Statement,
  signal: AbortSignal,
  publish: (change: Partial<Outcome>) => void,
  rows: () => Row[],
): Promise<void> {
  const { session, view } = await withSession(queries, async (id) => ({
    session: id,
    // Not aborted: a statement that was accepted without our knowing its id could not be cancelled.
    view: await unwrap(
      api.POST('/sql-sessions/{session}/statements', {
        params: { path: { session: id } },
        body: { sql: statement.text, maxRows: MAX_ROWS },
      }),
    ),
  }));
  publish({ view });
  const path = { session, statement: view.id };
  const cancel = () => void forget(path);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) {
      cancel();
      signal.throwIfAborted();
    }
    let pageToken: string | null | undefined;
    do {
      const page = await fetchPage(queries, path, pageToken, signal);
      publish({ view: page.statement, ...(page.items.length > 0 && { rows: [...rows(), ...page.items] }) });
      pageToken = page.nextPageToken;
    } while (pageToken);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** One page; an unreachable server is asked again, which is safe, since a page is kept until the next is asked for. */
function fetchPage(
  queries: QueryClient,
  path: { session: string; statement: string },
  pageToken: string | null | undefined,
  signal: AbortSignal,
) {
  return queries.query({
    queryKey: ['sql', 'rows', path, pageToken ?? ''],
    // While no rows come, one token is asked for again and again; its page must never come from the cache.
    staleTime: 0,
    gcTime: 0,
    queryFn: () =>
      unwrap(
        api.GET('/sql-sessions/{session}/statements/{statement}/rows', {
          params: {
            path,
            query: { pageSize: PAGE_SIZE, waitMillis: WAIT_MILLIS, ...(pageToken && { pageToken }) },
          },
          signal,
        }),
      ),
  });
}

/** Tells the server to stop; whether it hears it or not, the statement has limits of its own. */
async function forget(path: { session: string; statement: string }): Promise<void> {
  try {
    await unwrap(api.DELETE('/sql-sessions/{session}/statements/{statement}', { params: { path } }));
  } catch {
    // Nothing to tell the reader: the statement is over or will end at its limits.
  }
}

function canceled(outcome: Outcome): Partial<Outcome> {
  return outcome.view ? { view: { ...outcome.view, state: 'CANCELED' } } : {};
}
