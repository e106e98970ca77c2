/** A statement of a script: its text without the closing semicolon, and where it stands. */
export interface Statement {
  text: string;
  from: number;
  to: number;
}

const BLOCK = /^(BEGIN STATEMENT SET\b|(EXECUTE|EXPLAIN|COMPILE)\b.* STATEMENT SET BEGIN\b)/;

/** How many words of a statement are looked at to tell a statement set from other statements. */
const LEADING_WORDS = 40;

/**
 * Where the token at `at` ends. Strings, quoted names and comments hold semicolons that end nothing; one that is not
 * closed reaches to the end of the text.
 */
function tokenEnd(text: string, at: number): { end: number; kind: 'space' | 'word' | 'other' } {
  const rest = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  };
  const space = rest(/(?:\s+|--[^\n]*|\/\*(?!\+)[^]*?(?:\*\/|$))+/y);
  if (space > 0) {
    return { end: at + space, kind: 'space' };
  }
  const quoted = rest(/'(?:[^']|'')*(?:'|$)|`(?:[^`]|``)*(?:`|$)|"(?:[^"]|"")*(?:"|$)|\/\*\+[^]*?(?:\*\/|$)/y);
  if (quoted > 0) {
    return { end: at + quoted, kind: 'other' };
  }
  const word = rest(/[\p{L}\p{N}_$]+/uy);
  return word > 0 ? { end: at + word, kind: 'word' } : { end: at + 1, kind: 'other' };
}

/** Cuts a script at the semicolons that end statements; a statement set is one statement. */
export function split(script: string): Statement[] {
  const statements: Statement[] = [];
  let from = -1;
  let to = 0;
  let words: string[] = [];
  let segmentWord: string | undefined;

  const close = (end: number) => {
    if (from >= 0) {
      statements.push({ text: script.slice(from, end), from, to: end });
    }
    from = -1;
    words = [];
    segmentWord = undefined;
  };

  for (let at = 0; at < script.length; ) {
    const { end, kind } = tokenEnd(script, at);
    if (kind !== 'space' && script[at] === ';') {
      const insideBlock = BLOCK.test(words.join(' ')) && segmentWord !== 'END';
      if (insideBlock) {
        segmentWord = undefined;
        to = end;
      } else {
        close(to);
      }
    } else if (kind !== 'space') {
      from = from < 0 ? at : from;
      to = end;
      if (kind === 'word') {
        const word = script.slice(at, end).toUpperCase();
        segmentWord ??= word;
        if (words.length < LEADING_WORDS) {
          words.push(word);
        }
      } else {
        segmentWord ??= '';
      }
    }
    at = end;
  }
  close(to);
  return statements;
}

/** The statement in which the cursor stands, or the one that it has just left; the last one behind the end. */
export function statementAt(script: string, position: number): Statement | undefined {
  const statements = split(script);
  return statements.find((statement) => position <= closing(script, statement)) ?? statements.at(-1);
}

/** Where a statement ends with its semicolon. */
function closing(script: string, { to }: Statement): number {
  const rest = /^\s*;/.exec(script.slice(to));
  return to + (rest?.[0].length ?? 0);
}
