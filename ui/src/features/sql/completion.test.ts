import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';

import { complete } from './completion';

interface Question {
  sql: string;
  position: number;
}

/** Asks at the place of the bar. */
async function at(text: string, explicit = false) {
  const position = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', '') });
  const questions: Question[] = [];
  const result = await complete(new CompletionContext(state, position, explicit), (sql, place) => {
    questions.push({ sql, position: place });
    return Promise.resolve({
      items: [
        { text: 'orders', kind: 'table' },
        { text: 'amount', kind: 'column', detail: 'DOUBLE' },
      ],
    });
  });
  return { result, questions };
}

describe('completion', () => {
  it('asks about the statement at the cursor and the place in it', async () => {
    const { questions } = await at('SELECT 1;\nSELECT am| FROM orders;\nSELECT 2');

    expect(questions).toEqual([{ sql: 'SELECT am FROM orders', position: 9 }]);
  });

  it('sends the spaces before the cursor', async () => {
    const { questions } = await at('SELECT 1; SELECT * FROM  |', true);

    expect(questions).toEqual([{ sql: 'SELECT * FROM  ', position: 15 }]);
  });

  it('replaces the word that was begun, best first', async () => {
    const { result } = await at('SELECT am|');

    expect(result?.from).toBe(7);
    expect(result?.options.map(({ label, detail }) => [label, detail])).toEqual([
      ['orders', undefined],
      ['amount', 'DOUBLE'],
    ]);
    expect(result?.options[0]?.boost).toBeGreaterThan(result?.options[1]?.boost ?? 0);
  });

  it('starts by itself behind a dot, but not behind a space', async () => {
    expect((await at('SELECT * FROM kafka.|')).questions).toHaveLength(1);
    expect((await at('SELECT * FROM |')).questions).toHaveLength(0);
  });

  it('offers nothing when the server cannot say', async () => {
    const state = EditorState.create({ doc: 'SELECT a' });

    const result = await complete(new CompletionContext(state, 8, false), () => Promise.reject(new Error('down')));

    expect(result).toBeNull();
  });
});
