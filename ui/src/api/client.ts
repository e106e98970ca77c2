import createClient from 'openapi-fetch';

import { asProblem, unreachable } from './problem';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type JobView = Schemas['JobView'];
export type ObservedState = Schemas['ObservedState'];

/** The server that served this page. `fetch` is looked up per call, so that tests can stand in for the server. */
export const api = createClient<paths>({
  baseUrl: `${window.location.origin}/api/v1`,
  fetch: (request) => globalThis.fetch(request),
});

const farewells = new Set<() => void>();

/** Calls back when the server no longer knows who calls. The answer ends that. */
export function onSignedOut(farewell: () => void): () => void {
  farewells.add(farewell);
  return () => farewells.delete(farewell);
}

api.use({
  onResponse({ response, schemaPath }) {
    // Whoever asks who is signed in, or tries to sign in, hears it from the answer.
    if (response.status === 401 && schemaPath !== '/session') {
      farewells.forEach((farewell) => farewell());
    }
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer, or the problem as an error with its code. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw unreachable(error);
  }
  if (!answer.response.ok) {
    throw asProblem(answer.error, answer.response);
  }
  // 204 has no body; callers of such operations expect undefined.
  return answer.data as T;
}
