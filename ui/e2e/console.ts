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

  async applyJob(name: string, script: string): Promise<void> {
    const answer = await this.request.put(`/api/v1/jobs/${name}`, {
      data: { script, description: 'Made by a journey', checkpoint: 'PT1S' },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  async job(name: string): Promise<JobView> {
    return (await (await this.request.get(`/api/v1/jobs/${name}`)).json()) as JobView;
  }

  /** Stops a job, waits until nothing of it runs, and deletes it; nothing to do when there is none. */
  async removeJob(name: string): Promise<void> {
    const path = `/api/v1/jobs/${name}`;
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

export const test = base.extend<{ server: Server }>({
  server: async ({ request }, use) => use(new Server(request)),
});

export { expect };
