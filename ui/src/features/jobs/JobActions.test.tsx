import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import type { JobView } from '@/api/client';
import { job } from '@/test/jobs';
import { renderAt } from '@/test/render';
import { problem, serve } from '@/test/server';

import { JobActions } from './JobActions';

function show(shown: JobView, answer: () => unknown = () => shown) {
  const calls = serve({ 'PATCH /workspaces/{workspace}/jobs/{job}': answer });
  renderAt('/', [{ path: '/', element: <JobActions job={shown} /> }]);
  return calls;
}

const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

describe('starting', () => {
  it('says what is wanted, based on the version that was read', async () => {
    const calls = show(job({ desired: 'STOPPED', observed: 'IDLE', generation: 41 }));

    await click('Start page-views');

    expect(await screen.findByText('page-views will be started')).toBeVisible();
    expect(calls[0]?.path).toBe('/workspaces/default/jobs/page-views');
    expect(calls[0]?.body).toEqual({ desired: 'RUNNING' });
    expect(calls[0]?.headers.get('If-Match')).toBe('"41"');
  });

  it('can leave the saved state aside, after a question', async () => {
    const calls = show(job({ desired: 'STOPPED', observed: 'IDLE', restorePath: 'file:///savepoint-1' }));

    await click('More ways to start page-views');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Start empty' }));
    const dialog = await screen.findByRole('dialog');
    expect(calls).toHaveLength(0);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Start empty' }));

    await waitFor(() => expect(calls[0]?.body).toEqual({ desired: 'RUNNING', empty: true }));
  });

  it('is offered again for a job that failed', async () => {
    show(job({ observed: 'FAILED' }));

    expect(await screen.findByRole('button', { name: 'Start page-views' })).toBeEnabled();
  });

  it('says so when somebody else was first', async () => {
    show(job({ desired: 'STOPPED', observed: 'IDLE' }), () => problem('STALE_VERSION', 409));

    await click('Start page-views');

    expect(await screen.findByText('Somebody changed it meanwhile')).toBeVisible();
  });
});

describe('stopping', () => {
  it('asks first and takes a savepoint by default', async () => {
    const calls = show(job());

    await click('Stop page-views');
    const dialog = await screen.findByRole('dialog', { name: 'Stop page-views?' });
    expect(within(dialog).getByRole('radio', { name: /Take a savepoint first/ })).toBeChecked();
    expect(calls).toHaveLength(0);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stop' }));

    await waitFor(() => expect(calls[0]?.body).toEqual({ desired: 'STOPPED', savepoint: true }));
  });

  it('can do without a savepoint', async () => {
    const calls = show(job());

    await click('Stop page-views');
    await userEvent.click(await screen.findByRole('radio', { name: /without a savepoint/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));

    await waitFor(() => expect(calls[0]?.body).toEqual({ desired: 'STOPPED', savepoint: false }));
  });

  it('can be called off', async () => {
    const calls = show(job());

    await click('Stop page-views');
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));

    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(calls).toHaveLength(0);
  });

  it('does not offer a savepoint for a batch job', async () => {
    const calls = show(job({ spec: { script: 'INSERT INTO a SELECT 1', mode: 'BATCH' } }));

    await click('Stop page-views');
    expect(await screen.findByText(/A batch job has no savepoint/)).toBeVisible();
    expect(screen.queryByRole('radio')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));

    await waitFor(() => expect(calls[0]?.body).toEqual({ desired: 'STOPPED', savepoint: false }));
  });
});
