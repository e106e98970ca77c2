import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test';

import type { components } from '../src/api/schema';

type JobView = components['schemas']['JobView'];

/** Fails with what is wrong when the page as it stands breaks a rule of accessibility. */
export async function expectAccessible(page: Page): Promise<void> {
  // A colour on its way to another one is nobody's choice: let all that ends come to its end.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) {
        animation.finish();
      }
    }
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
  expect(found, 'accessibility').toEqual([]);
}

/** What a journey prepares and clears away through the API, as a user's scripts would. */
export class Server {
  constructor(private readonly request: APIRequestContext) {}

  /** Where a browser signs in, once. */
  async signInLink(): Promise<string> {
    const answer = await this.request.post('/api/v1/session/links');
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as components['schemas']['SignInLink']).path;
  }

  async applyJob(name: string, script: string): Promise<void> {
    const answer = await this.request.put(`/api/v1/workspaces/default/jobs/${name}`, {
      data: { script, description: 'Made by a journey', checkpoint: 'PT1S' },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  async job(name: string): Promise<JobView> {
    return (await (await this.request.get(`/api/v1/workspaces/default/jobs/${name}`)).json()) as JobView;
  }

  /** Stops a job, waits until nothing of it runs, and deletes it; nothing to do when there is none. */
  async removeJob(name: string): Promise<void> {
    const path = `/api/v1/workspaces/default/jobs/${name}`;
    if ((await this.request.get(path)).status() === 404) {
      return;
    }
    await this.request.patch(path, { headers: { 'If-Match': '*' }, data: { desired: 'STOPPED', savepoint: false } });
    await expect
      .poll(async () => (await this.request.delete(path, { headers: { 'If-Match': '*' } })).status(), { timeout: 60_000 })
      .toBe(204);
  }

  /** Runs statements in a session of their own and waits for each. */
  async sql(...statements: string[]): Promise<void> {
    const { id } = (await (await this.request.post('/api/v1/sql-sessions', { data: {} })).json()) as { id: string };
    for (const sql of statements) {
      const sent = await this.request.post(`/api/v1/sql-sessions/${id}/statements`, { data: { sql } });
      expect(sent.ok(), await sent.text()).toBe(true);
      const statement = ((await sent.json()) as { id: string }).id;
      await expect
        .poll(async () => {
          const shown = await this.request.get(`/api/v1/sql-sessions/${id}/statements/${statement}`);
          return ((await shown.json()) as { state: string }).state;
        })
        .toBe('FINISHED');
    }
    await this.request.delete(`/api/v1/sql-sessions/${id}`);
  }
}

/** Waits until the console shows its pages. */
export async function signedIn(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Account of / })).toBeVisible();
}

/** Who prepares the journeys, by a token; each journey begins in a browser that a link of theirs has signed in. */
export const test = base.extend<{ server: Server }>({
  server: async ({ playwright, baseURL }, use) => {
    const token = process.env.MILLRACE_TOKEN;
    if (!token) {
      throw new Error('The journeys need a token: set MILLRACE_TOKEN, for a local stack to that of secrets/local.token.');
    }
    const request = await playwright.request.newContext({
      ...(baseURL && { baseURL }),
      extraHTTPHeaders: { Authorization: `Bearer ${token}` },
    });
    await use(new Server(request));
    await request.dispose();
  },
  page: async ({ page, server }, use) => {
    await page.goto(await server.signInLink());
    await signedIn(page);
    await use(page);
  },
});

export { expect };
