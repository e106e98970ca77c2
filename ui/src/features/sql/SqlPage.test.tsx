import { EditorView } from '@codemirror/view';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { renderAt } from '@/test/render';
import { problem, serve, type Call } from '@/test/server';

import { SqlPage } from './SqlPage';

const ROWS = 'GET /sql-sessions/{session}/statements/{statement}/rows';
const RUN = 'POST /sql-sessions/{session}/statements';

function statement(change: object = {}) {
  return {
    id: 'q1',
    state: 'FINISHED',
    kind: 'SELECT',
    columns: [{ name: 'n', type: 'INT' }],
    rowCount: 0,
    truncated: false,
    elapsedMillis: 1200,
    ...change,
  };
}

function rows(...values: unknown[]) {
  return values.map((value) => ({ op: '+I', values: [value] }));
}

/** A server on which every script is right and every query returns the row 42. */
const HANDLERS: Parameters<typeof serve>[0] = {
  'POST /sql-analyses': () => ({ statements: [], errors: [] }),
  'POST /sql-sessions': () => Response.json({ id: 's1', catalog: 'warehouse', database: 'default' }, { status: 201 }),
  [RUN]: () => Response.json(statement({ state: 'RUNNING', columns: [] }), { status: 201 }),
  [ROWS]: () => ({ items: rows(42), statement: statement({ rowCount: 1 }) }),
  'DELETE /sql-sessions/{session}/statements/{statement}': () => undefined,
};

function Side({ onInsert }: { onInsert: (text: string) => void }) {
  return <button onClick={() => onInsert('kafka.orders')}>pick</button>;
}

async function show(handlers: Parameters<typeof serve>[0] = {}) {
  const calls = serve({ ...HANDLERS, ...handlers });
  renderAt('/', [{ path: '/', element: <SqlPage side={Side} /> }]);
  const content = await screen.findByRole('textbox', { name: 'SQL editor' });
  const view = EditorView.findFromDOM(content);
  if (!view) {
    throw new Error('no editor');
  }
  return { calls, view, content };
}

/** Typing as such is CodeMirror's affair and needs a real browser; see the journeys in e2e. */
function write(view: EditorView, text: string, cursor = text.length) {
  act(() => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: cursor } }));
}

const sent = (calls: Call[], key: string) => {
  const pattern = new RegExp(`^${key.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return calls.filter((call) => pattern.test(`${call.method} ${call.path}`));
};

const run = () => userEvent.click(screen.getByRole('button', { name: /Run$/ }));

describe('checking while one writes', () => {
  it('marks the mistake at its place and says what is wrong', async () => {
    const { view, content } = await show({
      'POST /sql-analyses': () => ({
        statements: [],
        errors: [{ pointer: '/script', detail: 'No column amout.', line: 2, column: 3, endLine: 2, endColumn: 7 }],
      }),
    });

    write(view, 'SELECT\n  amout FROM t');

    expect(await screen.findByText('1 mistake')).toBeVisible();
    await waitFor(() => expect(content.querySelector('.cm-lintRange-error')).toHaveTextContent('amout'));
  });

  it('asks once for what was written last and gives up older questions', async () => {
    const { view, calls } = await show({
      'POST /sql-analyses': ({ body, signal }) =>
        JSON.stringify(body).includes('first')
          ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))))
          : { statements: [], errors: [] },
    });

    write(view, 'SELECT first');
    await waitFor(() => expect(sent(calls, 'POST /sql-analyses')).toHaveLength(1));
    write(view, 'SELECT sec');
    write(view, 'SELECT second');

    expect(await screen.findByText('No mistakes')).toBeVisible();
    const questions = sent(calls, 'POST /sql-analyses');
    expect(questions.map((call) => call.body)).toEqual([{ script: 'SELECT first' }, { script: 'SELECT second' }]);
    expect(questions[0]?.signal.aborted).toBe(true);
  });

  it('says so when it cannot check', async () => {
    const { view } = await show({ 'POST /sql-analyses': () => problem('GATEWAY_UNAVAILABLE', 503) });

    write(view, 'SELECT 1');

    expect(await screen.findByText("Can't be checked now")).toBeVisible();
  });
});

describe('running', () => {
  it('opens a session and sends the statement at the cursor', async () => {
    const { view, calls } = await show();

    write(view, 'SELECT 1;\nSELECT 2;\nSELECT 3', 12);
    await run();

    expect(await screen.findByRole('cell', { name: '42' })).toBeVisible();
    expect(screen.getByText('1 row')).toBeVisible();
    expect(sent(calls, RUN).map((call) => call.body)).toEqual([{ sql: 'SELECT 2', maxRows: 10_000 }]);
  });

  it('runs by Ctrl+Enter', async () => {
    const { view, content, calls } = await show();

    write(view, 'SELECT 7');
    act(() => content.focus());
    await userEvent.keyboard('{Control>}{Enter}{/Control}');

    expect(await screen.findByRole('cell', { name: '42' })).toBeVisible();
    expect(sent(calls, RUN)).toHaveLength(1);
  });

  it('sends only what is selected', async () => {
    const { view, calls } = await show();

    write(view, 'SELECT 1 + 2');
    act(() => view.dispatch({ selection: { anchor: 0, head: 8 } }));
    await run();

    await screen.findByRole('cell', { name: '42' });
    expect(sent(calls, RUN).map((call) => call.body)).toEqual([{ sql: 'SELECT 1', maxRows: 10_000 }]);
  });

  it('runs all statements in order and stops at the first that fails', async () => {
    const { view, calls } = await show({
      [RUN]: ({ body }) => statement({ id: JSON.stringify(body).includes('two') ? 'bad' : 'good', state: 'RUNNING' }),
      [ROWS]: ({ path }) =>
        path.includes('bad')
          ? {
              items: [],
              statement: statement({ state: 'FAILED', columns: [], problem: { code: 'SQL_FAILED', detail: 'Division by zero.', title: '', status: 422, type: '', errors: [] } }),
            }
          : { items: [], statement: statement() },
    });

    write(view, 'SELECT one; SELECT two; SELECT three;');
    await userEvent.click(screen.getByRole('button', { name: 'Run all' }));

    expect(await screen.findByText('Division by zero.')).toBeVisible();
    expect(screen.getByText('The statement failed while it ran')).toBeVisible();
    expect(screen.getByText('Statement 2 of 3')).toBeVisible();
    expect(sent(calls, RUN)).toHaveLength(2);
  });

  it('shows rows as they come, page after page', async () => {
    let release: (() => void) | undefined;
    const { view } = await show({
      [ROWS]: ({ query }) =>
        query.get('pageToken') === '2'
          ? new Promise((resolve) => {
              release = () => resolve({ items: rows(2), statement: statement({ rowCount: 2 }) });
            })
          : { items: rows(1), nextPageToken: '2', statement: statement({ state: 'RUNNING', rowCount: 1 }) },
    });

    write(view, 'SELECT n FROM t');
    await run();
    expect(await screen.findByRole('cell', { name: '1' })).toBeVisible();
    expect(screen.getByText('Running')).toBeVisible();
    await waitFor(() => expect(release).toBeDefined());
    release?.();

    expect(await screen.findByRole('cell', { name: '2' })).toBeVisible();
    expect(screen.getByText('Finished')).toBeVisible();
    expect(screen.getByText('2 rows')).toBeVisible();
  });

  it('asks for the same page until there are rows', async () => {
    let asked = 0;
    const { view } = await show({
      [ROWS]: () =>
        ++asked < 4
          ? { items: [], nextPageToken: '0', statement: statement({ state: 'RUNNING' }) }
          : { items: rows(9), statement: statement() },
    });

    write(view, 'SELECT n FROM t');
    await run();

    expect(await screen.findByRole('cell', { name: '9' })).toBeVisible();
    expect(asked).toBe(4);
  });

  it('tells NULL from text and shows how rows changed', async () => {
    const { view } = await show({
      [ROWS]: () => ({
        items: [
          { op: '-U', values: [null] },
          { op: '+U', values: [5] },
        ],
        statement: statement({ rowCount: 2 }),
      }),
    });

    write(view, 'SELECT n FROM t');
    await run();

    expect(await screen.findByTitle('old value of a changed row')).toHaveTextContent('-U');
    expect(screen.getByTitle('new value of a changed row')).toHaveTextContent('+U');
    expect(within(screen.getByRole('table')).getByLabelText('no value')).toHaveTextContent('NULL');
  });

  it('cancels the statement and keeps the rows that came', async () => {
    const { view, calls } = await show({
      [ROWS]: ({ query, signal }) =>
        query.has('pageToken')
          ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))))
          : { items: rows(1), nextPageToken: '2', statement: statement({ state: 'RUNNING' }) },
    });

    write(view, 'SELECT n FROM t');
    expect(screen.getByRole('button', { name: /Cancel/ })).toBeDisabled();
    await run();
    await screen.findByRole('cell', { name: '1' });
    await userEvent.click(screen.getByRole('button', { name: /Cancel/ }));

    expect(await screen.findByText('Cancelled')).toBeVisible();
    expect(screen.getByRole('cell', { name: '1' })).toBeVisible();
    expect(sent(calls, 'DELETE /sql-sessions/s1/statements/q1')).toHaveLength(1);
    expect(screen.getByRole('button', { name: /Cancel/ })).toBeDisabled();
  });

  it('opens a new session when the old one has ended', async () => {
    let opened = 0;
    const { view, calls } = await show({
      'POST /sql-sessions': () => ({ id: `s${++opened}`, catalog: 'warehouse', database: 'default' }),
      [RUN]: ({ path }) =>
        path.includes('/s1/') ? problem('SQL_SESSION_NOT_FOUND', 404) : statement({ state: 'RUNNING', columns: [] }),
    });

    write(view, 'SELECT 1');
    await run();

    expect(await screen.findByRole('cell', { name: '42' })).toBeVisible();
    expect(sent(calls, RUN).map((call) => call.path)).toEqual(['/sql-sessions/s1/statements', '/sql-sessions/s2/statements']);
  });

  it('marks where the statement failed', async () => {
    const { view, content } = await show({
      [ROWS]: () => ({
        items: [],
        statement: statement({
          state: 'FAILED',
          columns: [],
          problem: {
            code: 'SQL_INVALID',
            detail: 'There is no table nowhere.',
            title: '',
            status: 422,
            type: '',
            errors: [{ pointer: '/sql', detail: 'There is no table nowhere.', line: 1, column: 15 }],
          },
        }),
      }),
    });

    write(view, 'SELECT 1;\nSELECT * FROM nowhere');
    await run();

    expect(await screen.findByText('The statement cannot be planned')).toBeVisible();
    await waitFor(() => expect(content.querySelector('.cm-lintRange-error')).toHaveTextContent('nowhere'));
  });
});

describe('the page', () => {
  it('says what to do first', async () => {
    await show();

    expect(screen.getByText('No result yet')).toBeVisible();
    expect(screen.getByRole('button', { name: /Run$/ })).toBeDisabled();
  });

  it('writes what is picked beside the editor at the cursor', async () => {
    const { view } = await show();

    write(view, 'SELECT * FROM ');
    await userEvent.click(screen.getByRole('button', { name: 'pick' }));

    expect(view.state.doc.toString()).toBe('SELECT * FROM kafka.orders');
    expect(view.hasFocus).toBe(true);
  });

  it('keeps the script over a reload', async () => {
    const { view } = await show();

    write(view, 'SELECT 1');

    expect(window.sessionStorage.getItem('millrace.sql.draft')).toBe('SELECT 1');
  });
});
