import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { takeProof } from '@/features/access/link';
import { session } from '@/test/access';
import { job } from '@/test/jobs';
import { problem, serve, type Call } from '@/test/server';

import { App } from './App';

const left = vi.hoisted((): string[] => []);
vi.mock('@/features/access/leave', () => ({ leaveFor: (address: string) => left.push(address) }));

// No styles: jsdom would compute them again for each look-up by role, which takes seconds.
vi.mock('./theme', () => ({ themeFor: () => ({ zeroRuntime: true, token: { motion: false } }) }));

/** A server with one user, which knows the browser or not. `job` is the name of the one job that it shows. */
class Server {
  signedIn: string | null = null;
  job = 'page-views';
  provider: string | null = null;
  readonly calls: Call[];

  constructor(more: Parameters<typeof serve>[0] = {}) {
    this.calls = serve({
      'GET /session': () => this.only(() => session(this.signedIn ?? '')),
      'POST /session': ({ body }: Call) => this.signIn(body as Record<string, string>),
      'DELETE /session': () =>
        this.only(() => {
          this.signedIn = null;
        }),
      'GET /session/ways': () => ({ oidc: this.provider }),
      'GET /info': () => this.only(() => ({ version: '0.1.0', flinkVersion: '2.3.0' })),
      'GET /workspaces': () => this.only(() => ({ items: [{ name: 'default' }] })),
      'GET /jobs': () => this.only(() => ({ items: [job({ name: this.job })] })),
      'GET /workspaces/{workspace}/jobs/{job}': () => this.only(() => job({ name: this.job })),
      'PATCH /workspaces/{workspace}/jobs/{job}': () => this.only(() => job({ name: this.job })),
      ...more,
    });
  }

  private signIn(body: Record<string, string>) {
    if (typeof body.oidc === 'object') {
      const { code, error = 'nothing' } = body.oidc as Record<string, string>;
      if (code !== 'fresh') {
        return problem('SIGN_IN_REFUSED', 403, { detail: `The provider says ${error}.` });
      }
      this.signedIn = 'ann';
      return Response.json(session(this.signedIn), { status: 201 });
    }
    if (body.code !== undefined && body.code !== 'fresh') {
      return problem('NOT_SIGNED_IN', 401, { detail: 'This link was used before or has expired.' });
    }
    if (body.code === undefined && body.password !== 'right') {
      return body.password === 'again'
        ? problem('SIGN_IN_LIMITED', 429, { detail: 'Try again in 60 s.' })
        : problem('NOT_SIGNED_IN', 401, { detail: 'There is no such user with this password.' });
    }
    this.signedIn = body.name ?? 'alice';
    return Response.json(session(this.signedIn), { status: 201 });
  }

  private only(answer: () => unknown) {
    return this.signedIn === null ? problem('NOT_SIGNED_IN', 401) : answer();
  }

  made(method: string, path: string) {
    return this.calls.filter((call) => call.method === method && call.path === path);
  }
}

function open(address: string) {
  window.history.replaceState(null, '', address);
  render(<App proof={takeProof()} />, { reactStrictMode: true });
}

const heading = (name: string) => screen.findByRole('heading', { name });
const signInPage = () => heading('Sign in to Millrace');

async function signIn(name: string, password: string) {
  await userEvent.clear(await screen.findByLabelText('User name'));
  await userEvent.type(screen.getByLabelText('User name'), name);
  await userEvent.clear(screen.getByLabelText('Password'));
  await userEvent.type(screen.getByLabelText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

async function signOut(name: string) {
  await userEvent.click(await screen.findByRole('button', { name: `Account of ${name}` }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  await signInPage();
}

/** As if the reader came back from another window after a while, which reads again what is shown. */
function comeBack() {
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
  window.dispatchEvent(new Event('visibilitychange'));
}

/** The server forgets the session, and the page hears it from the answer to the next call. */
async function expire(server: Server) {
  server.signedIn = null;
  await userEvent.click(screen.getByRole('columnheader', { name: 'Name' }));
  await signInPage();
}

beforeEach(() => {
  window.history.replaceState(null, '', '/');
  left.length = 0;
});

describe('a link', () => {
  it('lets in, and leaves the address before anything is asked', async () => {
    const server = new Server();

    open('/jobs?q=views#sign-in=fresh');
    expect(window.location.href).toMatch(/\/jobs\?q=views$/);

    expect(await screen.findByRole('link', { name: 'page-views' })).toBeVisible();
    expect(server.made('POST', '/session').map(({ body }) => body)).toEqual([{ code: 'fresh' }]);
    expect(screen.getByRole('button', { name: 'Account of alice' })).toBeVisible();
    expect(window.location.hash).toBe('');
  });

  it('that was used says so on the sign-in page', async () => {
    new Server();

    open('/#sign-in=used');

    expect(await signInPage()).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent('This link was used before or has expired.');
    expect(window.location.hash).toBe('');
    expect(screen.queryByText('page-views')).not.toBeInTheDocument();
  });

  it('is dropped unused when somebody is signed in', async () => {
    const server = new Server();
    server.signedIn = 'bob';

    open('/jobs#sign-in=fresh');

    expect(await screen.findByRole('button', { name: 'Account of bob' })).toBeVisible();
    expect(server.made('POST', '/session')).toEqual([]);
    expect(window.location.hash).toBe('');
  });

  it('lets in where the sign-in page is shown already', async () => {
    new Server();
    open('/');
    await signInPage();

    window.location.hash = '#sign-in=fresh';

    expect(await screen.findByRole('link', { name: 'page-views' })).toBeVisible();
    expect(window.location.hash).toBe('');
  });
});

describe('the sign-in page', () => {
  it('asks the server nothing but who is there, and leads to the page that was asked for', async () => {
    const server = new Server();
    open('/workspaces/default/jobs/page-views?tab=script');
    await signInPage();
    expect(server.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /session', 'GET /session/ways']);

    await signIn('alice', 'right');

    expect(await heading('page-views')).toBeVisible();
    expect(screen.getByRole('tab', { name: 'Script', selected: true })).toBeVisible();
    expect(server.made('POST', '/session').map(({ body }) => body)).toEqual([{ name: 'alice', password: 'right' }]);
  });

  it('is ready to type in, also for password managers, and for the keyboard alone', async () => {
    new Server();
    open('/');

    const name = await screen.findByLabelText('User name');
    expect(name).toHaveFocus();
    expect(name).toHaveAttribute('autocomplete', 'username');
    expect(screen.getByLabelText('Password')).toHaveAttribute('autocomplete', 'current-password');
    expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'password');
    await userEvent.keyboard('alice{Tab}right{Enter}');

    expect(await heading('Jobs')).toBeVisible();
  });

  it('says what is missing without asking the server', async () => {
    const server = new Server();
    open('/');

    await userEvent.click(await screen.findByRole('button', { name: 'Sign in' }));

    expect(await screen.findByText('Enter your user name')).toBeVisible();
    expect(await screen.findByText('Enter your password')).toBeVisible();
    expect(server.made('POST', '/session')).toEqual([]);
  });

  it.each([
    ['wrong', 'You are not signed in', 'There is no such user with this password.'],
    ['again', 'Too many attempts to sign in failed', 'Try again in 60 s.'],
  ])('shows why the password "%s" is refused, and takes another one', async (password, title, detail) => {
    new Server();
    open('/');

    await signIn('alice', password);
    expect(await screen.findByRole('alert')).toHaveTextContent(title + detail);
    await signIn('alice', 'right');

    expect(await heading('Jobs')).toBeVisible();
  });

  it('says how to get into a local stack', async () => {
    new Server();
    open('/');

    expect(await screen.findByText('millrace console')).toBeVisible();
  });

  it('is not shown for a server that cannot be reached; that can be tried again', async () => {
    serve({ 'GET /session': () => problem('INTERNAL_ERROR', 500) });
    open('/');

    expect(await screen.findByText('Something went wrong inside Millrace')).toBeVisible();
    const server = new Server();
    server.signedIn = 'alice';
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(await heading('Jobs')).toBeVisible();
  });
});

describe('the OpenID provider', () => {
  it('is offered by its name, and sent to with the page remembered', async () => {
    const server = new Server({ 'POST /session/oidc': () => Response.json({ address: 'https://login.example.com/?x' }, { status: 201 }) });
    server.provider = 'Test & <b>Co</b>';
    open('/jobs?q=views');

    await userEvent.click(await screen.findByRole('button', { name: 'Sign in with Test & <b>Co</b>' }));

    await waitFor(() => expect(left).toEqual(['https://login.example.com/?x']));
    expect(server.made('POST', '/session')).toEqual([]);
    open('/sign-in?code=fresh&state=mine&iss=x');
    expect(window.location.href).toMatch(/\/jobs\?q=views$/);
    expect(await screen.findByRole('button', { name: 'Account of ann' })).toBeVisible();
    expect(server.made('POST', '/session').map(({ body }) => body)).toEqual([{ oidc: { code: 'fresh', state: 'mine' } }]);
  });

  it('is not offered where there is none', async () => {
    const server = new Server();
    open('/');
    await signInPage();

    await waitFor(() => expect(server.made('GET', '/session/ways')).toHaveLength(1));
    expect(screen.queryByRole('button', { name: /^Sign in with/ })).not.toBeInTheDocument();
  });

  it('that refuses is quoted on the sign-in page', async () => {
    new Server();

    open('/sign-in?error=access_denied&state=mine');

    expect(await signInPage()).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent('You may not sign in hereThe provider says access_denied.');
    expect(window.location.pathname + window.location.search).toBe('/');
  });

  it('that does not answer is said so, and a password still works', async () => {
    const server = new Server({ 'POST /session/oidc': () => problem('OIDC_UNAVAILABLE', 503) });
    server.provider = 'Test';
    open('/');

    await userEvent.click(await screen.findByRole('button', { name: 'Sign in with Test' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The sign-in service does not answer');
    await signIn('alice', 'right');

    expect(await heading('Jobs')).toBeVisible();
  });

  it('leads nowhere but to pages of the console', async () => {
    new Server();
    window.sessionStorage.setItem('millrace.wanted', '//evil.example.com/');

    open('/sign-in?code=fresh&state=mine');

    expect(window.location.pathname).toBe('/');
    expect(await screen.findByRole('button', { name: 'Account of ann' })).toBeVisible();
  });
});

describe('a session that ends', () => {
  it('leads back to the sign-in page with the next answer, and to the same page afterwards', async () => {
    const server = new Server();
    server.signedIn = 'alice';
    open('/jobs?q=views');
    await screen.findByRole('link', { name: 'page-views' });

    server.signedIn = null;
    await userEvent.click(screen.getByRole('button', { name: 'Stop page-views' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Stop' }));

    expect(await signInPage()).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent('Your session has ended. Sign in to go on.');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await signIn('alice', 'right');
    expect(await screen.findByRole('link', { name: 'page-views' })).toBeVisible();
    expect(window.location.search).toBe('?q=views');
  });

  it('leaves nothing of what its user read to the next one', async () => {
    const server = new Server();
    server.signedIn = 'alice';
    server.job = 'secret-of-alice';
    open('/jobs');
    await screen.findByRole('link', { name: 'secret-of-alice' });

    server.signedIn = null;
    // The list is read again by itself, so that bob asks for exactly what alice has read.
    await signInPage();
    expect(screen.queryByText('secret-of-alice')).not.toBeInTheDocument();
    // Nothing is answered until the test says so: what is shown before that comes from memory.
    let answer: (() => void) | undefined;
    server.job = 'job-of-bob';
    const jobs = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const original = globalThis.fetch;
    vi.stubGlobal('fetch', async (request: Request) => {
      if (request.url.includes('/jobs')) {
        await jobs;
      }
      return original(request);
    });
    await signIn('bob', 'right');

    expect(await heading('Jobs')).toBeVisible();
    expect(screen.queryByText('secret-of-alice')).not.toBeInTheDocument();
    answer?.();
    expect(await screen.findByRole('link', { name: 'job-of-bob' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Account of bob' })).toBeVisible();
  });

  it('keeps a text being written for its writer alone', async () => {
    const server = new Server();
    server.signedIn = 'alice';
    open('/jobs');
    await screen.findByRole('link', { name: 'page-views' });
    window.sessionStorage.setItem('millrace.sql.draft', 'SELECT 1');

    await expire(server);
    await signIn('alice', 'right');
    await screen.findByRole('link', { name: 'page-views' });
    expect(window.sessionStorage.getItem('millrace.sql.draft')).toBe('SELECT 1');
    await expire(server);
    await signIn('bob', 'right');
    await screen.findByRole('link', { name: 'page-views' });

    expect(window.sessionStorage.getItem('millrace.sql.draft')).toBeNull();
  });

  it('is noticed when another user signed in beside it', async () => {
    const server = new Server();
    server.signedIn = 'alice';
    server.job = 'secret-of-alice';
    open('/jobs');
    await screen.findByRole('link', { name: 'secret-of-alice' });

    server.signedIn = 'bob';
    server.job = 'job-of-bob';
    comeBack();

    expect(await screen.findByRole('button', { name: 'Account of bob' })).toBeVisible();
    await waitFor(() => expect(screen.queryByText('secret-of-alice')).not.toBeInTheDocument());
  });
});

describe('signing out', () => {
  it('ends the session and leaves nothing behind', async () => {
    const server = new Server();
    server.signedIn = 'alice';
    open('/jobs');
    await screen.findByRole('link', { name: 'page-views' });
    window.sessionStorage.setItem('millrace.sql.draft', 'SELECT 1');

    await signOut('alice');

    expect(server.made('DELETE', '/session')).toHaveLength(1);
    expect(screen.queryByText('page-views')).not.toBeInTheDocument();
    expect(screen.queryByText(/session has ended/)).not.toBeInTheDocument();
    expect(window.sessionStorage.getItem('millrace.sql.draft')).toBeNull();
  });

  it('that fails says so, and nobody believes to be signed out', async () => {
    const server = new Server({ 'DELETE /session': () => problem('METASTORE_UNAVAILABLE', 500) });
    server.signedIn = 'alice';
    open('/jobs');

    await userEvent.click(await screen.findByRole('button', { name: 'Account of alice' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }));

    expect(await screen.findByText('The metastore does not answer')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Account of alice' })).toBeVisible();
  });
});

describe('names', () => {
  it('are text, whatever they look like', async () => {
    const server = new Server();
    server.signedIn = '<img src=x onerror=alert(1)>';
    server.job = '<b>job</b>{{t}}';

    open('/jobs');

    expect(await screen.findByRole('button', { name: `Account of ${server.signedIn}` })).toBeVisible();
    expect(await screen.findByText('<b>job</b>{{t}}')).toBeVisible();
    expect(document.querySelector('img[src=x], b')).toBeNull();
  });
});
