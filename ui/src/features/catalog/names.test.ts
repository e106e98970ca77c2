import { expect, it } from 'vitest';

import { quoted, tableName } from './names';

it.each([
  ['orders', 'orders'],
  ['page_views_1m', 'page_views_1m'],
  ['traffic.raw', '`traffic.raw`'],
  ['1st', '`1st`'],
  ['default', '`default`'],
  ['a`b', '`a``b`'],
  ['订单', '`订单`'],
])('writes %s as %s', (name, text) => {
  expect(quoted(name)).toBe(text);
});

it('joins the parts of a table name with dots', () => {
  expect(tableName('warehouse', 'default', 'orders')).toBe('warehouse.`default`.orders');
});
