import type { ProblemDetail } from '@/api/problem';

/** A mistake in a script, by offsets into it. */
export interface Marker {
  from: number;
  to: number;
  message: string;
}

/** The offset of a line and column, both from 1; what lies outside is moved to the nearest place inside. */
function offset(text: string, line: number, column: number): number {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf('\n', start);
    if (end < 0) {
      return text.length;
    }
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + Math.max(0, column - 1), end < 0 ? text.length : end);
}

/** The end of the word at `from`, so that a mistake without an end still has a width. */
function wordEnd(text: string, from: number): number {
  const word = /^(`[^`\n]*`|[\p{L}\p{N}_$]+)/u.exec(text.slice(from));
  return from + (word?.[0].length ?? 1);
}

/**
 * Places mistakes in a script. Lines and columns of a mistake count within `text`, which starts at `origin`; one that
 * has no line marks the first line.
 */
export function markers(text: string, details: ProblemDetail[], origin = 0): Marker[] {
  return details.map(({ detail, hint, line, column, endLine, endColumn }) => {
    const from = line == null ? 0 : offset(text, line, column ?? 1);
    const firstLine = text.indexOf('\n');
    let to: number;
    if (line == null) {
      to = firstLine < 0 ? text.length : firstLine;
    } else if (endLine != null && endColumn != null) {
      to = offset(text, endLine, endColumn + 1);
    } else {
      to = wordEnd(text, from);
    }
    const inside = Math.min(from, Math.max(0, text.length - 1));
    return {
      from: origin + inside,
      to: origin + Math.min(Math.max(to, inside + 1), text.length),
      message: hint ? `${detail}\n${hint}` : detail,
    };
  });
}
