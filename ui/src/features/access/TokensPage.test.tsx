import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';

import { session } from '@/test/access';
import { renderAt } from '@/test/render';
import { problem, serve, type Call } from '@/test/server';

import { SignedIn } from './SignedIn';
import { TokensPage } from './TokensPage';
import type { TokenView } from './useAccess';

function token(change: Partial<TokenView> = {}): TokenView {
  return { id: 't1', name: 'backup', scope: [], createdAt: '2026-11-20T08:00:00Z', ...change };
}

function show(tokens: TokenView[], more: Parameters<typeof serve>[0] = {}) {
  const calls = serve({
    'GET /session': () => session('alice'),
    'GET /users/alice/tokens': () => ({ items: tokens, nextPageToken: null }),
    'POST /users/alice/tokens': ({ body }: Call) => {
      const made = token({ id: 't2', name: (body as { name: string }).name });
      tokens.push(made);
      return Response.json({ token: made, secret: 'mrt-secret' }, { status: 201 });
    },
    'DELETE /users/alice/tokens/{token}': () => void tokens.pop(),
    ...more,
  });
  const page = (
    <SignedIn>
      <TokensPage />
    </SignedIn>
  );
  renderAt('/', [{ path: '/', element: page }]);
  return { made: (method: string) => calls.filter((call) => call.method === method) };
}

const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

async function create(name: string, lifetime: string) {
  await click('New token');
  const dialog = within(await screen.findByRole('dialog', { name: 'New token' }));
  await userEvent.type(dialog.getByLabelText('Name'), name);
  await userEvent.click(dialog.getByRole('radio', { name: lifetime }));
  await userEvent.click(dialog.getByRole('button', { name: 'Create' }));
  return dialog;
}

describe('the tokens', () => {
  it('are the own ones, with what they may do and until when', async () => {
    show([
      token(),
      token({ id: 't0', name: 'reader', scope: ['JOB_READ'], expiresAt: '2027-02-18T08:00:00Z', usedAt: '2026-11-20T08:00:00Z' }),
    ]);

    const open = within(await screen.findByRole('row', { name: /backup/ }));
    expect(open.getByText('Everything that you may do')).toBeVisible();
    expect(open.getAllByText('never')).toHaveLength(2);
    const limited = within(screen.getByRole('row', { name: /reader/ }));
    expect(limited.getByText('JOB_READ')).toBeVisible();
    expect(limited.getByText(/Feb 18, 2027/)).toBeVisible();
  });

  it('are none at first, which says what to do', async () => {
    show([]);

    expect(await screen.findByText('No tokens yet')).toBeVisible();
  });

  it('may have names that look like markup', async () => {
    const name = '<img src=x onerror=alert(1)>';
    show([token({ name })]);

    expect(await screen.findByText(name)).toBeVisible();
    await click(`Revoke ${name}`);

    expect(await screen.findByRole('dialog', { name: `Revoke ${name}?` })).toBeVisible();
    expect(document.querySelector('img[src=x]')).toBeNull();
  });
});

describe('making a token', () => {
  it.each([
    ['30 days', 'P30D'],
    ['90 days', 'P90D'],
    ['365 days', 'P365D'],
    ['Until it is revoked', undefined],
  ])('asks for one that lives for: %s', async (lifetime, wanted) => {
    const { made } = show([]);

    await create(' ci ', lifetime);

    await screen.findByText('mrt-secret');
    expect(made('POST').map(({ body }) => body)).toEqual([{ name: 'ci', ...(wanted && { lifetime: wanted }) }]);
  });

  it('shows the secret once, to be copied', async () => {
    show([]);
    const user = userEvent.setup();
    const copied = vi.spyOn(navigator.clipboard, 'writeText');

    const dialog = await create('ci', '90 days');
    expect(await dialog.findByText('mrt-secret')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(copied).toHaveBeenCalledWith('mrt-secret'));
    await user.keyboard('{Escape}');
    expect(dialog.getByText('mrt-secret')).toBeVisible();
    await user.click(dialog.getByText('Close'));

    await waitFor(() => expect(screen.queryByText('mrt-secret')).not.toBeInTheDocument());
    expect(await screen.findByRole('row', { name: /ci/ })).toBeVisible();
    await click('New token');
    expect(await screen.findByLabelText('Name')).toHaveValue('');
    expect(screen.queryByText('mrt-secret')).not.toBeInTheDocument();
  });

  it('takes a name', async () => {
    const { made } = show([]);

    await create('  ', '90 days');

    expect(await screen.findByText('Enter a name')).toBeVisible();
    expect(made('POST')).toEqual([]);
  });

  it('says why it is refused', async () => {
    show([], { 'POST /users/alice/tokens': () => problem('TOKEN_INVALID', 400, { detail: 'Revoke one first.' }) });

    await create('ci', '90 days');

    expect(await screen.findByText('The token cannot be made')).toBeVisible();
    expect(screen.getByText('Revoke one first.')).toBeVisible();
  });
});

describe('revoking a token', () => {
  it('asks first', async () => {
    const { made } = show([token()]);

    await click('Revoke backup');
    const dialog = within(await screen.findByRole('dialog'));
    expect(made('DELETE')).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Revoke' }));

    expect(await screen.findByText('No tokens yet')).toBeVisible();
    expect(made('DELETE').map(({ path }) => path)).toEqual(['/users/alice/tokens/t1']);
  });

  it('can be called off', async () => {
    const { made } = show([token()]);

    await click('Revoke backup');
    await click('Cancel');

    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(made('DELETE')).toEqual([]);
  });

  it('says so when it is gone already', async () => {
    show([token()], { 'DELETE /users/alice/tokens/{token}': () => problem('TOKEN_NOT_FOUND', 404) });

    await click('Revoke backup');
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke' }));

    expect(await screen.findByText('There is no such token')).toBeVisible();
  });
});
