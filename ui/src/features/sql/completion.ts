import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

import type { Schemas } from '@/api/client';

import { statementAt } from './statements';

type Ask = (sql: string, position: number, signal: AbortSignal) => Promise<Schemas['Completions']>;

/** CodeMirror's names for the kinds of words, which choose the icon. */
const TYPES: Record<string, string> = {
  keyword: 'keyword',
  catalog: 'namespace',
  database: 'namespace',
  table: 'class',
  column: 'property',
  function: 'function',
};

/** Asks the server what may stand at the cursor; nothing when it can't say, since typing must go on. */
export async function complete(context: CompletionContext, ask: Ask): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[`\p{L}\p{N}_$]*/u);
  const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
  if (!context.explicit && before !== '.' && (word?.text ?? '') === '') {
    return null;
  }
  const script = context.state.doc.toString();
  const statement = statementAt(script, context.pos);
  // Behind the statement's last word there may be spaces that matter; before its first there is nothing to send.
  const from = statement && statement.from <= context.pos ? statement.from : context.pos;
  const to = statement && statement.from <= context.pos ? Math.max(statement.to, context.pos) : context.pos;
  const abort = new AbortController();
  context.addEventListener('abort', () => abort.abort());
  try {
    const { items } = await ask(script.slice(from, to), context.pos - from, abort.signal);
    return {
      from: word?.from ?? context.pos,
      options: items.map(toOption),
      validFor: /^[\p{L}\p{N}_$]*$/u,
    };
  } catch {
    return null;
  }
}

/** The server says the best first; CodeMirror sorts by boost, from 99 down. */
function toOption({ text, kind, detail }: Schemas['Completion'], index: number): Completion {
  const type = TYPES[kind];
  return { label: text, boost: Math.max(-99, 99 - index), ...(type && { type }), ...(detail && { detail }) };
}
