import { expect, expectAccessible, test } from './console';

const NAME = 'journey-counter';

/** Runs for ever, needs no store but Flink, and has state to save. */
const SCRIPT = `CREATE TEMPORARY TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '5');
CREATE TEMPORARY TABLE nowhere (total BIGINT) WITH ('connector' = 'blackhole');
INSERT INTO nowhere SELECT COUNT(*) FROM ticks;
`;

test.beforeEach(async ({ server }) => {
  await server.removeJob(NAME);
  await server.applyJob(NAME, SCRIPT);
});

test.afterEach(async ({ server }) => server.removeJob(NAME));

test('a job is found, started, watched and stopped with a savepoint', async ({ page, server }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search names, descriptions, tags and owners' }).fill(NAME);
  const row = page.getByRole('row', { name: new RegExp(NAME) });
  await expect(row.getByText('Idle')).toBeVisible();
  await expect(page).toHaveURL(`/jobs?q=${NAME}`);
  await expectAccessible(page);

  await row.getByRole('button', { name: `Start ${NAME}` }).click();
  await expect(row.locator('.ant-tag').getByText('Running')).toBeVisible();
  await expect(row.getByText(/^seen \d+ sec\. ago/)).toBeVisible();

  await row.getByRole('link', { name: NAME }).click();
  await expect(page.getByRole('heading', { name: NAME })).toBeVisible();
  const { flinkJobId } = await server.job(NAME);
  await expect(page.getByText(flinkJobId ?? 'no JobID')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Script' }).click();
  await expect(page.getByRole('textbox', { name: 'Script' })).toContainText('INSERT INTO nowhere');
  await expectAccessible(page);

  await page.getByRole('button', { name: `Stop ${NAME}` }).click();
  const dialog = page.getByRole('dialog', { name: `Stop ${NAME}?` });
  await expect(dialog.getByRole('radio', { name: /Take a savepoint first/ })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('.ant-tag').getByText('Idle')).toBeVisible();

  await page.getByRole('tab', { name: 'Overview' }).click();
  expect((await server.job(NAME)).restorePath).toContain('savepoint');
  await expect(page.getByRole('cell', { name: /^file:.*savepoint-/ })).toBeVisible();

  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('cell', { name: /Stopping.*Idle/ })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByText('newest')).toBeVisible();
  await expectAccessible(page);
});

test('a page is there again after a reload, and in the dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`/workspaces/default/jobs/${NAME}?tab=versions`);

  await expect(page.getByRole('tab', { name: 'Versions', selected: true })).toBeVisible();
  await expect(page.getByText('newest')).toBeVisible();
  await page.reload();
  await expect(page.getByText('newest')).toBeVisible();
  await expectAccessible(page);
});

test('the console speaks Chinese when asked', async ({ page }) => {
  await page.goto('/jobs');

  await page.getByText('中文').click();
  await expect(page.getByRole('heading', { name: '作业' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '作业' })).toBeVisible();
  await expectAccessible(page);
});
