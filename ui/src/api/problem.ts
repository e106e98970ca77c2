import type { components } from './schema';

export type Problem = components['schemas']['Problem'];
export type ProblemDetail = components['schemas']['ProblemDetail'];

/** The server did not answer; made here, never sent by it. */
export const UNREACHABLE = 'UNREACHABLE';

/** A failed request. `code` is stable; the console translates by it. `detail` is the server's own sentence. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

/** What came back with a failing status, be it a problem or a page of some proxy in between. */
export function asProblem(body: unknown, response: Response): ProblemError {
  if (isProblem(body)) {
    return new ProblemError({ ...body, errors: (body as Partial<Problem>).errors ?? [] });
  }
  const unreachable = response.status === 502 || response.status === 503 || response.status === 504;
  return new ProblemError({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status} ${response.statusText}.`.replace(' .', '.'),
    code: unreachable ? UNREACHABLE : 'HTTP_ERROR',
    errors: [],
  });
}

export function unreachable(cause: unknown): ProblemError {
  return new ProblemError({
    type: 'about:blank',
    title: 'The server cannot be reached',
    status: 0,
    detail: cause instanceof Error ? cause.message : String(cause),
    code: UNREACHABLE,
    errors: [],
  });
}

/** Any thrown value as a problem, so that there is one way to show it. */
export function toProblem(error: unknown): Problem {
  return (error instanceof ProblemError ? error : unreachable(error)).problem;
}
