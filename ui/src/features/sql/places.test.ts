import { describe, expect, it } from 'vitest';

import type { ProblemDetail } from '@/api/problem';

import { markers } from './places';

const SCRIPT = 'SELECT amout\nFROM orders;\n';

function marked(detail: Partial<ProblemDetail>, text = SCRIPT): string {
  const [marker] = markers(text, [{ pointer: '/script', detail: 'wrong', ...detail }]);
  return marker ? text.slice(marker.from, marker.to) : '';
}

describe('markers', () => {
  it('cover a span whose end is inclusive', () => {
    expect(marked({ line: 2, column: 6, endLine: 2, endColumn: 11 })).toBe('orders');
  });

  it('cover the word where a mistake has no end', () => {
    expect(marked({ line: 1, column: 8 })).toBe('amout');
  });

  it('cover a quoted name where a mistake has no end', () => {
    expect(marked({ line: 1, column: 8 }, 'SELECT `a b` FROM t')).toBe('`a b`');
  });

  it('cover several lines', () => {
    expect(marked({ line: 1, column: 8, endLine: 2, endColumn: 4 })).toBe('amout\nFROM');
  });

  it('cover the first line where a mistake has no place', () => {
    expect(marked({})).toBe('SELECT amout');
  });

  it('stay inside the text', () => {
    expect(marked({ line: 9, column: 9 }, 'SELECT 1')).toBe('1');
  });

  it('count from the statement they belong to', () => {
    const text = 'FROM nowhere';

    expect(markers(text, [{ pointer: '/sql', detail: 'wrong', line: 1, column: 6 }], 100)).toEqual([
      { from: 105, to: 112, message: 'wrong' },
    ]);
  });

  it('say the hint on a line of its own', () => {
    const [marker] = markers(SCRIPT, [{ pointer: '/script', detail: 'No column.', hint: "Did you mean 'amount'?" }]);

    expect(marker?.message).toBe("No column.\nDid you mean 'amount'?");
  });
});
