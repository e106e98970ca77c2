import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { job } from '@/test/jobs';
import { renderAt } from '@/test/render';
import { problem, serve } from '@/test/server';

import { JobsPage } from './JobsPage';

const routes = [{ path: '/jobs', element: <JobsPage /> }];

async function row(name: string): Promise<HTMLElement> {
  const link = await screen.findByRole('link', { name });
  const found = link.closest('tr');
  if (!found) {
    throw new Error(`${name} stands in no row`);
  }
  return found;
}

describe('the list of jobs', () => {
  it('shows each job with its state and when it was seen', async () => {
    serve({ 'GET /jobs': () => ({ items: [job(), job({ name: 'late', observed: 'FAILED', seenAt: null })] }) });

    renderAt('/jobs', routes);

    expect(within(await row('page-views')).getByText('Running', { selector: '.ant-tag *, .ant-tag' })).toBeVisible();
    expect(within(await row('page-views')).getByText(/^seen/)).toHaveTextContent(/seen \d+ sec\. ago/);
    expect(within(await row('late')).getByText('Failed')).toBeVisible();
    expect(within(await row('late')).getByText('not seen yet')).toBeVisible();
  });

  it('says since when a silent cluster hides the state, and keeps what was last seen', async () => {
    const unknownSince = new Date(Date.now() - 5 * 60_000).toISOString();
    serve({ 'GET /jobs': () => ({ items: [job({ unknownSince })] }) });

    renderAt('/jobs', routes);

    const cells = within(await row('page-views'));
    expect(cells.getByText(/^unknown since/)).toHaveTextContent('unknown since 5 min. ago');
    expect(cells.getAllByText('Running').length).toBeGreaterThan(0);
  });

  it('says what to do first while there are no jobs', async () => {
    serve({ 'GET /jobs': () => ({ items: [] }) });

    renderAt('/jobs', routes);

    expect(await screen.findByText('There are no jobs yet')).toBeVisible();
    expect(screen.getByText('millrace job apply -f FILE')).toBeVisible();
  });

  it('says what failed and tries again when asked', async () => {
    let fails = true;
    serve({ 'GET /jobs': () => (fails ? problem('METASTORE_UNAVAILABLE', 500) : { items: [job()] }) });

    renderAt('/jobs', routes);
    expect(await screen.findByText('The metastore does not answer')).toBeVisible();
    expect(screen.getByText('Detail of METASTORE_UNAVAILABLE.')).toBeVisible();
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await row('page-views')).toBeVisible();
  });

  it('takes its filter from the address', async () => {
    const calls = serve({ 'GET /jobs': () => ({ items: [] }) });

    renderAt('/jobs?q=views&observed=FAILED&observed=RUNNING&sort=-changedAt', routes);

    expect(await screen.findByText('No job matches the filter')).toBeVisible();
    expect(screen.getByRole('searchbox', { name: 'Search names, descriptions, tags and owners' })).toHaveValue('views');
    const { query } = calls[0] ?? { query: new URLSearchParams() };
    expect(query.get('q')).toBe('views');
    expect(query.getAll('observed')).toEqual(['RUNNING', 'FAILED']);
    expect(query.get('sort')).toBe('-changedAt');
  });

  it('writes the filter into the address', async () => {
    serve({ 'GET /jobs': () => ({ items: [job()] }) });

    const { router } = renderAt('/jobs', routes);
    await userEvent.type(await screen.findByRole('searchbox'), 'orders');
    await waitFor(() => expect(router.state.location.search).toBe('?q=orders'));
    await userEvent.click(screen.getByRole('columnheader', { name: 'Changed' }));
    await waitFor(() => expect(router.state.location.search).toBe('?q=orders&sort=changedAt'));
    await userEvent.click(screen.getByRole('button', { name: 'Clear the filter' }));

    await waitFor(() => expect(router.state.location.search).toBe('?sort=changedAt'));
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('says nothing of workspaces while there is one', async () => {
    serve({ 'GET /jobs': () => ({ items: [job()] }), 'GET /workspaces': () => ({ items: [{ name: 'default' }] }) });

    renderAt('/jobs', routes);

    expect(await row('page-views')).toBeVisible();
    expect(screen.queryByRole('columnheader', { name: 'Workspace' })).not.toBeInTheDocument();
    expect(screen.queryByRole('combobox', { name: 'Workspace' })).not.toBeInTheDocument();
  });

  it('tells jobs of one name apart by their workspaces, and shows those of one', async () => {
    const calls = serve({
      'GET /jobs': ({ query }) => ({
        items: ['default', 'payments']
          .filter((workspace) => !query.has('workspace') || query.get('workspace') === workspace)
          .map((workspace) => job({ workspace })),
      }),
      'GET /workspaces': () => ({ items: [{ name: 'default' }, { name: 'payments' }] }),
    });

    const { router } = renderAt('/jobs', routes);
    expect(await screen.findByRole('columnheader', { name: 'Workspace' })).toBeVisible();
    expect((await screen.findAllByRole('link', { name: 'page-views' })).map((link) => link.getAttribute('href'))).toEqual([
      '/workspaces/default/jobs/page-views',
      '/workspaces/payments/jobs/page-views',
    ]);
    await userEvent.click(screen.getByRole('combobox', { name: 'Workspace' }));
    await userEvent.click(await screen.findByText('payments', { selector: '.ant-select-item-option-content' }));

    await waitFor(() => expect(router.state.location.search).toBe('?workspace=payments'));
    await waitFor(() => expect(screen.getAllByRole('link', { name: 'page-views' })).toHaveLength(1));
    expect(calls.some(({ query }) => query.get('workspace') === 'payments')).toBe(true);
  });

  it('shows tags and owners, and only the jobs with a tag', async () => {
    const calls = serve({
      'GET /jobs': ({ query }) => ({
        items: query.has('tag') ? [job({ tags: ['nightly'] })] : [job({ tags: ['nightly'] }), job({ name: 'other' })],
      }),
      'GET /jobs/tags': () => ({ items: [{ tag: 'nightly', jobs: 1 }] }),
    });

    const { router } = renderAt('/jobs', routes);
    expect(within(await row('page-views')).getByText('nightly')).toBeVisible();
    expect(within(await row('other')).getByText('alice')).toBeVisible();
    await userEvent.click(await screen.findByRole('combobox', { name: 'Tags' }));
    await userEvent.click(await screen.findByText('nightly (1)', { selector: '.ant-select-item-option-content' }));

    await waitFor(() => expect(router.state.location.search).toBe('?tag=nightly'));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'other' })).not.toBeInTheDocument());
    expect(calls.some(({ query }) => query.get('tag') === 'nightly')).toBe(true);
  });

  it('loads more when there are more', async () => {
    serve({
      'GET /jobs': ({ query }) =>
        query.get('pageToken') === 'next'
          ? { items: [job({ name: 'second' })] }
          : { items: [job({ name: 'first' })], nextPageToken: 'next' },
    });

    renderAt('/jobs', routes);
    await row('first');
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));

    expect(await row('second')).toBeVisible();
    expect(await row('first')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Load more' })).not.toBeInTheDocument();
  });
});
