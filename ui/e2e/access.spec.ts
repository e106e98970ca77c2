import { expect, expectAccessible, signedIn, test } from './console';

test('a link lets in once, and signing out shows the way in', async ({ page, server }) => {
  await page.getByRole('button', { name: /^Account of / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Millrace' })).toBeVisible();
  expect((await page.context().cookies()).filter(({ name }) => name === 'millrace_session')).toEqual([]);
  await expectAccessible(page);

  await page.goto('/sql');
  await page.getByLabel('User name').fill('nobody');
  await page.getByLabel('Password').fill('nothing');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('There is no such user with this password.');
  await expectAccessible(page);

  const link = await server.signInLink();
  await page.goto(link);
  await signedIn(page);
  await expect(page).toHaveURL('/jobs');

  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('This link was used before or has expired');
  await expect(page).toHaveURL('/');
});

test('a token is made, shown once, used and revoked', async ({ page, playwright, baseURL }) => {
  const name = `journey ${Date.now()} <b>`;
  await page.getByRole('button', { name: /^Account of / }).click();
  await page.getByRole('menuitem', { name: 'API tokens' }).click();
  await expect(page).toHaveURL('/tokens');
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New token' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('radio', { name: '30 days' }).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create' }).click();
  const secret = (await dialog.locator('code').textContent()) ?? '';
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText(secret)).toHaveCount(0);

  const program = await playwright.request.newContext({
    ...(baseURL && { baseURL }),
    extraHTTPHeaders: { Authorization: `Bearer ${secret}` },
  });
  expect((await program.get('/api/v1/session')).status()).toBe(200);

  await expect(page.getByRole('cell', { name, exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('dialog', { name: `Revoke ${name}?` }).getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('cell', { name, exact: true })).toHaveCount(0);
  expect((await program.get('/api/v1/session')).status()).toBe(401);
  await program.dispose();
});

test('whoever reads a page when the session ends comes back to it', async ({ page, server }) => {
  await page.goto('/sql');
  const editor = page.getByRole('textbox', { name: 'SQL editor' });
  await editor.click();
  await page.keyboard.insertText('SELECT 1;');
  await expect(page.getByText('No mistakes')).toBeVisible();

  await page.context().clearCookies();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText('Your session has ended. Sign in to go on.')).toBeVisible();
  await expect(page).toHaveURL('/sql');
  await expectAccessible(page);

  const code = (await server.signInLink()).slice(1);
  await page.evaluate((fragment) => {
    window.location.hash = fragment;
  }, code);
  await expect(editor).toContainText('SELECT 1;');
  await expect(page).toHaveURL('/sql');
});
