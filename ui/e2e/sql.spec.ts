import { expect, expectAccessible, test } from './console';

test.beforeEach(async ({ server }) => {
  await server.sql(
    'CREATE DATABASE IF NOT EXISTS warehouse.journey',
    'DROP TABLE IF EXISTS warehouse.journey.fruits',
    'CREATE TABLE warehouse.journey.fruits (name STRING, weight DOUBLE, p_date STRING) PARTITIONED BY (p_date)',
  );
});

test.afterEach(async ({ server }) => {
  await server.sql('DROP TABLE warehouse.journey.fruits', 'DROP DATABASE warehouse.journey');
});

test('a mistake is marked, mended, and the query run', async ({ page }) => {
  await page.goto('/sql');
  const editor = page.getByRole('textbox', { name: 'SQL editor' });
  await editor.click();
  await page.keyboard.insertText("SELECT lenght, UPPER(fruit) AS f\nFROM (VALUES ('apple', 5), ('fig', 3)) AS t (fruit, length_);");

  await expect(page.getByText('1 mistake')).toBeVisible();
  await expect(page.locator('.cm-lintRange-error')).toHaveText('lenght');
  await expectAccessible(page);

  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText("SELECT length_, UPPER(fruit) AS f\nFROM (VALUES ('apple', 5), ('fig', 3)) AS t (fruit, length_);");
  await expect(page.getByText('No mistakes')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Enter');

  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByRole('cell', { name: 'APPLE' })).toBeVisible();
  await expect(result.getByRole('cell', { name: 'FIG' })).toBeVisible();
  await expect(result.getByText('2 rows')).toBeVisible();
  await expect(result.getByText('Finished')).toBeVisible();
  await expectAccessible(page);
});

test('rows come while the query runs, and it can be cancelled', async ({ page }) => {
  await page.goto('/sql');
  await page.getByRole('textbox', { name: 'SQL editor' }).click();
  await page.keyboard.insertText(
    "CREATE TEMPORARY TABLE ticks (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '20', " +
      "'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '1000000');\n\nSELECT n FROM ticks;",
  );
  await page.getByRole('button', { name: 'Run all' }).click();

  const result = page.getByRole('region', { name: 'Result' });
  await expect(result.getByRole('cell', { name: '20', exact: true })).toBeVisible();
  await expect(result.getByText('Running')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(result.getByText('Cancelled')).toBeVisible();
  await expect(result.getByRole('cell', { name: '20', exact: true })).toBeVisible();
});

test('the tree leads to a table, and its name to the editor', async ({ page }) => {
  await page.goto('/sql');
  const tree = page.getByRole('navigation', { name: 'Catalogs' });
  await tree.getByRole('button', { name: 'warehouse' }).click();
  await tree.getByRole('button', { name: 'journey' }).click();
  await tree.getByRole('button', { name: 'Show columns and options of fruits' }).click();
  await expect(tree.getByText('DOUBLE')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('textbox', { name: 'SQL editor' }).click();
  await page.keyboard.insertText('SELECT * FROM ');
  await tree.getByRole('button', { name: 'Insert fruits into the editor' }).click();
  await expect(page.getByRole('textbox', { name: 'SQL editor' })).toContainText('SELECT * FROM warehouse.journey.fruits');
});

test('completion knows the tables', async ({ page }) => {
  await page.goto('/sql');
  await page.getByRole('textbox', { name: 'SQL editor' }).click();
  await page.keyboard.insertText('SELECT * FROM warehouse.journey.fr');
  await page.keyboard.press('Control+Space');

  // By the mouse: for a moment after it opens, the list takes no Enter, so that one meant for the text doesn't choose.
  await page.getByRole('option', { name: /fruits/ }).click();
  await expect(page.getByRole('textbox', { name: 'SQL editor' })).toContainText('SELECT * FROM warehouse.journey.fruits');
});
