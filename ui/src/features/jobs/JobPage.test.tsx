import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { job } from '@/test/jobs';
import { renderAt } from '@/test/render';
import { problem, serve } from '@/test/server';

import { JobPage } from './JobPage';

const routes = [
  { path: '/jobs', element: <p>the list</p> },
  { path: '/workspaces/:workspace/jobs/:name', element: <JobPage /> },
];

describe('the page of one job', () => {
  it('says what the job is and why it is as it is', async () => {
    serve({ 'GET /workspaces/{workspace}/jobs/{job}': () => job({ version: 3, runningVersion: 2, restorePath: 'file:///savepoint-1' }) });

    renderAt('/workspaces/default/jobs/page-views', routes);

    expect(await screen.findByText('All tasks run.')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'page-views' })).toBeVisible();
    expect(screen.getByText('3, running 2')).toBeVisible();
    expect(screen.getByText('00000000000000000000000000000abc')).toBeVisible();
    expect(screen.getByText('file:///savepoint-1')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Stop page-views' })).toBeEnabled();
  });

  it('shows the script', async () => {
    serve({ 'GET /workspaces/{workspace}/jobs/{job}': () => job() });

    const { router } = renderAt('/workspaces/default/jobs/page-views', routes);
    await userEvent.click(await screen.findByRole('tab', { name: 'Script' }));

    expect(await screen.findByRole('textbox', { name: 'Script' })).toHaveTextContent('INSERT INTO a SELECT * FROM b');
    expect(router.state.location.search).toBe('?tab=script');
  });

  it('shows what happened, newest first, with each change of state', async () => {
    serve({
      'GET /workspaces/{workspace}/jobs/{job}': () => job(),
      'GET /workspaces/{workspace}/jobs/{job}/events': () => ({
        items: [
          { id: 2, at: '2026-11-20T09:00:02Z', kind: 'STATE_CHANGED', from: 'STARTING', to: 'RUNNING', attempt: 3, reason: 'All run.' },
          { id: 1, at: '2026-11-20T09:00:01Z', kind: 'START_REQUESTED', reason: 'Somebody asked.' },
        ],
      }),
    });

    renderAt('/workspaces/default/jobs/page-views?tab=history', routes);

    const newest = (await screen.findByText('All run.')).closest('tr');
    expect(newest).toHaveTextContent(/STATE_CHANGED\s*Starting\s*Running\s*3/);
    expect(screen.getByText('Somebody asked.')).toBeVisible();
  });

  it('tells what came of replacing what ran', async () => {
    serve({
      'GET /workspaces/{workspace}/jobs/{job}': () =>
        job({
          version: 3,
          deployment: {
            from: 2,
            to: 3,
            phase: 'RETURNED',
            outcome: 'Version 3 did not become healthy.',
            createdAt: '2026-11-20T09:00:00Z',
            changedAt: '2026-11-20T09:01:00Z',
          },
        }),
    });

    renderAt('/workspaces/default/jobs/page-views', routes);

    expect(await screen.findByText(/from version 2 to 3: RETURNED\. Version 3 did not/)).toBeVisible();
  });

  it('shows every version and the script of the one that is opened', async () => {
    serve({
      'GET /workspaces/{workspace}/jobs/{job}': () => job({ version: 2, runningVersion: 1 }),
      'GET /workspaces/{workspace}/jobs/{job}/versions': () => ({
        items: [2, 1].map((version) => ({
          version,
          spec: { script: `INSERT INTO a SELECT ${version}`, parallelism: version },
          author: 'alice',
          message: version === 2 ? 'Count bots apart' : '',
          createdAt: '2026-11-20T09:00:00Z',
        })),
      }),
    });

    renderAt('/workspaces/default/jobs/page-views?tab=versions', routes);
    const row = (await screen.findByText('running')).closest('tr');
    expect(row).toHaveTextContent(/1\s*running/);
    expect(screen.getByText('newest').closest('tr')).toHaveTextContent(/2\s*newest.*Count bots apart/);
    await userEvent.click(within(row ?? document.body).getByRole('button', { name: 'Expand row' }));

    expect(await screen.findByRole('textbox', { name: 'Script' })).toHaveTextContent('INSERT INTO a SELECT 1');
  });

  it('says when there is no such job and leads back', async () => {
    serve({ 'GET /workspaces/{workspace}/jobs/{job}': () => problem('JOB_NOT_FOUND', 404) });

    const { router } = renderAt('/workspaces/default/jobs/gone', routes);
    expect(await screen.findByText('There is no such job')).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'All jobs' }));

    expect(router.state.location.pathname).toBe('/jobs');
  });
});
