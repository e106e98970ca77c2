import { expect, test, type Page } from '@playwright/test';

import { expectAccessible } from './console';

const LOGIN = process.env.MILLRACE_OIDC_LOGIN ?? '';

async function signInAs(page: Page, login: string) {
  await page.getByRole('button', { name: 'Sign in with Test provider' }).click();
  await page.getByLabel('Login').fill(login);
  await page.getByRole('button', { name: 'Go' }).click();
}

test('the OpenID provider lets in, back to the page that was asked for', async ({ page }) => {
  test.skip(LOGIN === '', 'the server has no OpenID provider');
  await page.goto('/sql');
  await expect(page.getByRole('button', { name: 'Sign in with Test provider' })).toBeVisible();
  await expectAccessible(page);

  await signInAs(page, 'nobody-knows');
  await expect(page.getByRole('alert')).toContainText('Test provider did not sign you in: access_denied.');
  await expect(page).toHaveURL('/sql');
  await expectAccessible(page);

  await signInAs(page, LOGIN);
  await expect(page.getByRole('button', { name: `Account of ${LOGIN}` })).toBeVisible();
  await expect(page).toHaveURL('/sql');

  await page.reload();
  await page.getByRole('button', { name: `Account of ${LOGIN}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to Millrace' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('button', { name: `Account of ${LOGIN}` })).not.toBeVisible();
});
