import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { renderAt } from '@/test/render';
import { problem, serve } from '@/test/server';

import { CatalogTree } from './CatalogTree';

const DETAIL = {
  id: 't1',
  version: 1,
  ref: 't1@1',
  catalog: 'kafka',
  database: 'local',
  definition: {
    name: 'detail',
    kind: 'TABLE',
    columns: [
      { name: 'id', kind: 'PHYSICAL', type: 'BIGINT NOT NULL', virtual: false },
      { name: 'at', kind: 'COMPUTED', expression: 'PROCTIME()', virtual: true },
    ],
    primaryKey: { name: 'pk', columns: ['id'] },
    watermarks: [],
    partitionKeys: ['p_date'],
    options: { topic: 'traffic.detail' },
  },
};

const HANDLERS = {
  'GET /catalogs': () => ({ items: [{ name: 'kafka', kind: 'kafka', comment: '' }] }),
  'GET /catalogs/kafka/databases': () => ({ items: [{ catalog: 'kafka', name: 'local', comment: '' }] }),
  'GET /catalogs/kafka/databases/local/tables': () => ({ items: [{ name: 'detail', kind: 'TABLE', comment: '' }] }),
  'GET /catalogs/kafka/databases/local/tables/detail': () => DETAIL,
};

function show(handlers: Parameters<typeof serve>[0]) {
  const inserted: string[] = [];
  const calls = serve(handlers);
  renderAt('/', [{ path: '/', element: <CatalogTree onInsert={(text) => inserted.push(text)} /> }]);
  return { inserted, calls };
}

const open = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

describe('the catalog tree', () => {
  it('loads a level when it is opened, not before', async () => {
    const { calls } = show(HANDLERS);

    await screen.findByRole('button', { name: 'kafka', expanded: false });
    expect(calls.map((call) => call.path)).toEqual(['/catalogs']);
    await open('kafka');
    await screen.findByRole('button', { name: 'local' });

    expect(calls.map((call) => call.path)).toEqual(['/catalogs', '/catalogs/kafka/databases']);
  });

  it('shows columns with types, the key and the options of a table', async () => {
    show(HANDLERS);

    await open('kafka');
    await open('local');
    await open('Show columns and options of detail');

    expect(await screen.findByText('BIGINT NOT NULL')).toBeVisible();
    expect(screen.getByText('AS PROCTIME()')).toBeVisible();
    expect(screen.getAllByLabelText('primary key')).toHaveLength(1);
    expect(screen.getByText('traffic.detail')).toBeVisible();
    expect(screen.getByText('p_date')).toBeVisible();
  });

  it('writes the name of what is clicked', async () => {
    const { inserted } = show(HANDLERS);

    await open('kafka');
    await open('local');
    await open('Insert detail into the editor');
    await open('Show columns and options of detail');
    await open('Insert id, BIGINT NOT NULL, into the editor');

    expect(inserted).toEqual(['kafka.`local`.detail', 'id']);
  });

  it('closes again', async () => {
    show(HANDLERS);

    await open('kafka');
    await screen.findByRole('button', { name: 'local' });
    await open('kafka');

    expect(screen.queryByRole('button', { name: 'local' })).not.toBeInTheDocument();
  });

  it('says what to do first in an empty database', async () => {
    show({ ...HANDLERS, 'GET /catalogs/kafka/databases/local/tables': () => ({ items: [] }) });

    await open('kafka');
    await open('local');

    expect(await screen.findByText('No tables yet: create one with CREATE TABLE.')).toBeVisible();
  });

  it('says how old it is what is shown of a store that does not answer', async () => {
    const asOf = '2026-05-04T12:00:00Z';
    show({
      ...HANDLERS,
      'GET /catalogs/kafka/databases/local/tables': () => ({
        items: [{ name: 'detail', kind: 'TABLE', comment: '', asOf }],
      }),
      'GET /catalogs/kafka/databases/local/tables/detail': () => ({ ...DETAIL, asOf }),
    });

    await open('kafka');
    await open('local');
    expect(await screen.findAllByText(/store does not answer now.*2026/)).toHaveLength(1);
    await open('Show columns and options of detail');

    await screen.findByText('BIGINT NOT NULL');
    expect(screen.getAllByText(/store does not answer now.*2026/)).toHaveLength(2);
  });

  it('says what failed where it failed, and tries again', async () => {
    let fails = true;
    show({
      ...HANDLERS,
      'GET /catalogs/kafka/databases': () =>
        fails ? problem('STORE_UNAVAILABLE', 500) : HANDLERS['GET /catalogs/kafka/databases'](),
    });

    await open('kafka');
    expect(await screen.findByText('The store behind the catalog does not answer')).toBeVisible();
    fails = false;
    await open('Try again');

    expect(await screen.findByRole('button', { name: 'local' })).toBeVisible();
  });
});
