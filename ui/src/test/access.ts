import type { Schemas } from '@/api/client';

/** Somebody who is signed in and may do everything. */
export function session(name = 'alice'): Schemas['SessionView'] {
  return {
    user: {
      name,
      kind: 'USER',
      comment: '',
      admin: true,
      disabled: false,
      version: 1,
      createdBy: 'setup',
      createdAt: '2026-11-20T08:00:00Z',
    },
    permissions: ['SELF', 'JOB_READ'],
    expiresAt: null,
  };
}
