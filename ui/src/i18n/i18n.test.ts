import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import * as en from './en';
import { ago } from './format';
import * as zh from './zh';

function keys(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) {
    return [prefix];
  }
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, prefix === '' ? key : `${prefix}.${key}`));
}

function placeholders(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}

describe('texts', () => {
  it.each(Object.keys(en) as (keyof typeof en)[])('of %s have the same keys in both languages', (namespace) => {
    // English has a singular that Chinese has no need of.
    const plain = (texts: unknown) => [...new Set(keys(texts).map((key) => key.replace(/_(one|other)$/, '')))].sort();

    expect(plain(zh[namespace])).toEqual(plain(en[namespace]));
  });

  it.each(Object.keys(en) as (keyof typeof en)[])('of %s mention the same values in both languages', (namespace) => {
    expect([...new Set(placeholders(zh[namespace]))]).toEqual([...new Set(placeholders(en[namespace]))]);
  });

  it('exist for every error code of the server', () => {
    const source = readFileSync('../core/src/main/java/io/millrace/core/error/ErrorCode.java', 'utf8');
    const codes = [...source.matchAll(/^ {4}([A-Z_]+)\(Kind\./gm)].map((match) => match[1] ?? '');

    expect(codes.length).toBeGreaterThan(10);
    expect(Object.keys(en.errors)).toEqual(expect.arrayContaining(codes));
  });
});

describe('ago', () => {
  const now = new Date('2026-11-20T12:00:00Z');

  it.each([
    ['2026-11-20T11:59:57Z', '3 sec. ago'],
    ['2026-11-20T11:58:01Z', '1 min. ago'],
    ['2026-11-20T09:00:00Z', '3 hr. ago'],
    ['2026-11-18T09:00:00Z', '2 days ago'],
  ])('says of %s that it was %s', (then, text) => {
    expect(ago('en', new Date(then), now)).toBe(text);
  });

  it('does not speak of the future when the clocks of server and browser differ', () => {
    expect(ago('en', new Date('2026-11-20T12:00:02Z'), now)).toBe('0 sec. ago');
  });
});
