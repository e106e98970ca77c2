import { describe, expect, it } from 'vitest';

import { split, statementAt } from './statements';

const texts = (script: string) => split(script).map((statement) => statement.text);

describe('split', () => {
  it('cuts at semicolons and leaves them out', () => {
    expect(texts('SELECT 1;\n\nSELECT 2 ;')).toEqual(['SELECT 1', 'SELECT 2']);
  });

  it('keeps a last statement without a semicolon', () => {
    expect(texts('SELECT 1; SELECT 2\n')).toEqual(['SELECT 1', 'SELECT 2']);
  });

  it('does not cut inside strings, quoted names and comments', () => {
    const script = "SELECT ';', 'it''s;', `a;b` /* ; */ FROM t -- ;\nWHERE x = 1";

    expect(texts(`${script}; SELECT 2`)).toEqual([script, 'SELECT 2']);
  });

  it('starts a statement behind the comment before it', () => {
    expect(split('-- first; \n/* second */ SELECT 1;')).toEqual([{ text: 'SELECT 1', from: 24, to: 32 }]);
  });

  it('knows no statement in comments alone', () => {
    expect(texts('-- nothing\n/* here */ ;;')).toEqual([]);
  });

  it('takes an unclosed string to the end', () => {
    expect(texts("SELECT 'a; SELECT 2")).toEqual(["SELECT 'a; SELECT 2"]);
  });

  it('keeps a query hint with its statement', () => {
    expect(texts("SELECT * FROM t /*+ OPTIONS('a'=';') */; SELECT 2")).toEqual([
      "SELECT * FROM t /*+ OPTIONS('a'=';') */",
      'SELECT 2',
    ]);
  });

  it.each([
    'EXECUTE STATEMENT SET BEGIN\nINSERT INTO a SELECT 1; INSERT INTO b SELECT CASE WHEN x THEN 1 END;\nEND',
    'BEGIN STATEMENT SET; INSERT INTO a SELECT 1; END',
    'EXPLAIN STATEMENT SET BEGIN INSERT INTO a SELECT 1; END',
  ])('takes a statement set as one statement: %s', (set) => {
    expect(texts(`SET 'a' = 'b'; ${set}; SELECT 1`)).toEqual(["SET 'a' = 'b'", set, 'SELECT 1']);
  });
});

describe('statementAt', () => {
  const script = 'SELECT 1;\nSELECT 2;\n\nSELECT 3';

  it.each([
    [0, 'SELECT 1'],
    [9, 'SELECT 1'],
    [10, 'SELECT 2'],
    [20, 'SELECT 3'],
    [29, 'SELECT 3'],
  ])('at %i is %s', (position, text) => {
    expect(statementAt(script, position)?.text).toBe(text);
  });

  it('behind the last semicolon is the last statement', () => {
    expect(statementAt('SELECT 1;\n\n', 11)?.text).toBe('SELECT 1');
  });

  it('is nothing in an empty script', () => {
    expect(statementAt(' \n', 1)).toBeUndefined();
  });
});
