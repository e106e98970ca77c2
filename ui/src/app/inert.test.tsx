import { EditorView } from '@codemirror/view';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';

import { CatalogTree } from '@/features/catalog/CatalogTree';
import { JobPage } from '@/features/jobs/JobPage';
import { JobsPage } from '@/features/jobs/JobsPage';
import { SqlPage } from '@/features/sql/SqlPage';
import { job } from '@/test/jobs';
import { renderAt } from '@/test/render';
import { problem, serve } from '@/test/server';

/** What others may have called something: markup, a template, a reference to another text. */
const named = (what: string) => `${what}<img src=x onerror="globalThis.broken=1"><a href="javascript:1">{{7*7}}$t(app.title)`;
const LINK = 'javascript:globalThis.broken=1';

const JOB = job({
  tags: [named('tag'), LINK],
  owner: named('owner'),
  reason: named('reason'),
  restorePath: LINK,
  spec: { script: named('SELECT '), mode: 'STREAMING', target: named('target'), parallelism: 2 },
});

afterEach(() => {
  expect(document.querySelector('img[src=x]')).toBeNull();
  const links = [...document.querySelectorAll('a, iframe, form, object')];
  expect(links.filter((link) => link.outerHTML.includes('javascript:'))).toEqual([]);
  expect(globalThis).not.toHaveProperty('broken');
});

const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

async function shows(...texts: string[]) {
  for (const text of texts) {
    expect((await screen.findAllByText((_, element) => element?.textContent === text))[0]).toBeVisible();
  }
}

describe('names that mean harm are only text', () => {
  it('in the list of jobs', async () => {
    serve({ 'GET /jobs': () => ({ items: [JOB], nextPageToken: null }), 'GET /jobs/tags': () => ({ items: [] }) });

    renderAt('/', [{ path: '/', element: <JobsPage /> }]);

    await shows(named('tag'), LINK);
  });

  it.each([
    ['overview', [named('reason'), named('owner'), named('target'), LINK]],
    ['script', [named('SELECT ')]],
    ['history', [named('happened'), named('actor')]],
    ['versions', [named('author'), named('message')]],
  ])('on the page of a job: %s', async (tab, texts) => {
    const at = '2026-11-20T09:00:00Z';
    serve({
      'GET /workspaces/{workspace}/jobs/{job}': () => JOB,
      'GET /workspaces/{workspace}/jobs/{job}/events': () => ({
        items: [{ id: 1, at, kind: 'START_REQUESTED', reason: named('happened'), actor: named('actor') }],
      }),
      'GET /workspaces/{workspace}/jobs/{job}/versions': () => ({
        items: [{ version: 1, spec: JOB.spec, author: named('author'), message: named('message'), createdAt: at, artifacts: [] }],
      }),
    });

    renderAt(`/workspaces/default/jobs/page-views?tab=${tab}`, [
      { path: '/workspaces/:workspace/jobs/:name', element: <JobPage /> },
    ]);

    await shows(...texts);
  });

  it('in the tree of catalogs', async () => {
    const [catalog, database, table] = [named('catalog'), named('database'), named('table')];
    const column = { name: named('column'), kind: 'PHYSICAL', type: named('type'), comment: named('says'), virtual: false };
    const answers: Record<string, unknown> = {
      'GET /catalogs': { items: [{ name: catalog, kind: 'kafka', comment: named('comment') }] },
      'GET /catalogs/{catalog}/databases': { items: [{ catalog, name: database, comment: LINK }] },
      'GET /catalogs/{catalog}/databases/{database}/tables': { items: [{ name: table, kind: 'TABLE', comment: LINK }] },
      'GET /catalogs/{catalog}/databases/{database}/tables/{table}': {
        id: 't1',
        version: 1,
        ref: 't1@1',
        catalog,
        database,
        definition: {
          name: table,
          kind: 'TABLE',
          columns: [column],
          watermarks: [],
          partitionKeys: [named('part')],
          options: { topic: named('topic'), link: LINK },
        },
      },
    };
    serve(Object.fromEntries(Object.entries(answers).map(([call, answer]) => [call, () => answer])));

    renderAt('/', [{ path: '/', element: <CatalogTree onInsert={() => undefined} /> }]);
    await click(catalog);
    await click(database);
    await click(`Show columns and options of ${table}`);

    await shows(named('column'), named('type'), named('topic'), named('part'), LINK);
  });

  it('in the answers of SQL', async () => {
    const statement = {
      id: 'q1',
      kind: 'SELECT',
      columns: [{ name: named('column'), type: 'STRING' }],
      rowCount: 2,
      truncated: false,
      elapsedMillis: 1,
      state: 'FINISHED',
    };
    serve({
      'POST /sql-analyses': () => ({ statements: [], errors: [{ pointer: '/script', detail: named('wrong'), line: 1, column: 1 }] }),
      'POST /sql-sessions': () => Response.json({ id: 's1', catalog: named('c'), database: named('d') }, { status: 201 }),
      'POST /sql-sessions/{session}/statements': () => Response.json({ ...statement, state: 'RUNNING' }, { status: 201 }),
      'GET /sql-sessions/{session}/statements/{statement}/rows': () => ({
        items: [named('row'), LINK].map((value) => ({ op: '+I', values: [value] })),
        statement,
      }),
      'DELETE /sql-sessions/{session}/statements/{statement}': () => undefined,
    });
    renderAt('/', [{ path: '/', element: <SqlPage side={() => null} /> }]);
    const view = EditorView.findFromDOM(await screen.findByRole('textbox', { name: 'SQL editor' }));
    act(() => view?.dispatch({ changes: { from: 0, insert: named('SELECT ') } }));

    await userEvent.click(screen.getByRole('button', { name: /Run$/ }));

    await shows(named('row'), LINK, named('column'));
  });

  it('in what a server says of an error', async () => {
    serve({ 'GET /workspaces/{workspace}/jobs/{job}': () => problem(named('CODE'), 422) });

    renderAt('/workspaces/default/jobs/x', [{ path: '/workspaces/:workspace/jobs/:name', element: <JobPage /> }]);

    expect((await screen.findAllByText(/CODE<img src=x/))[0]).toBeVisible();
  });
});
