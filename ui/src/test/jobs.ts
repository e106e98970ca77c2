import type { JobView } from '@/api/client';

/** A job that runs as wanted; a test changes what it is about. */
export function job(change: Partial<JobView> = {}): JobView {
  return {
    workspace: 'default',
    name: 'page-views',
    tags: [],
    owner: 'alice',
    desired: 'RUNNING',
    observed: 'RUNNING',
    seenAt: new Date().toISOString(),
    unknownSince: null,
    reason: 'All tasks run.',
    version: 2,
    runningVersion: 2,
    flinkJobId: '00000000000000000000000000000abc',
    attempt: 3,
    restorePath: null,
    spec: { script: 'INSERT INTO a SELECT * FROM b', mode: 'STREAMING', target: 'local', parallelism: 2 },
    createdAt: '2026-11-20T08:00:00Z',
    changedAt: '2026-11-20T09:00:00Z',
    generation: 7,
    ...change,
  };
}
