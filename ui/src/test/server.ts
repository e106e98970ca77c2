import { vi } from 'vitest';

import type { Problem } from '@/api/problem';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
  signal: AbortSignal;
}

/** Answers a call with a value (200), undefined (204) or a response of its own. */
type Handler = (call: Call) => unknown;

/**
 * Stands in for the server for one test. Keys are such as `GET /jobs/{name}`; a brace matches one part of a path. A call
 * without a handler is answered with 404, as the server does. Returns the calls made so far.
 */
export function serve(handlers: Record<string, Handler>): Call[] {
  const calls: Call[] = [];
  const table = Object.entries(handlers).map(([key, handler]) => {
    const pattern = key.replaceAll(/\{\w+\}/g, '[^/]+');
    return { pattern: new RegExp(`^${pattern}$`), handler };
  });
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    const text = await request.text();
    const call: Call = {
      method: request.method,
      path: decodeURIComponent(url.pathname.replace('/api/v1', '')),
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
      signal: request.signal,
    };
    calls.push(call);
    const found = table.find(({ pattern }) => pattern.test(`${call.method} ${call.path}`));
    return toResponse(found ? await found.handler(call) : problem('NOT_FOUND', 404));
  });
  return calls;
}

function toResponse(answer: unknown): Response {
  if (answer instanceof Response) {
    return answer;
  }
  return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
}

/** A failed request, as the server words it. */
export function problem(code: string, status: number, more: Partial<Problem> = {}): Response {
  const body: Problem = { type: 'about:blank', title: code, status, detail: `Detail of ${code}.`, code, errors: [], ...more };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}
