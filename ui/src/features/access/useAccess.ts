import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useRef } from 'react';

import { api, onSignedOut, unwrap, type Schemas } from '@/api/client';
import { ProblemError } from '@/api/problem';

import { leaveFor } from './leave';
import { rememberPage, takeProof } from './link';

export type SessionView = Schemas['SessionView'];
export type TokenView = Schemas['TokenView'];

/** Who looks at this page. */
export interface Visitor {
  session: SessionView | null;
  /** Why a link or the OpenID provider did not let them in. */
  refused?: unknown;
  /** Whether they were signed in until now without asking to be signed out. */
  ended?: boolean;
}

const VISITOR = ['visitor'];
const NOBODY: Visitor = { session: null };

/** To whom the texts belong that the tab keeps. */
const OWNER = 'millrace.owner';

/**
 * Makes the page that of a visitor: nothing stays of what was read for another one. A text being written is kept while its
 * writer signs in again, and for nobody else.
 */
function become(queries: QueryClient, visitor: Visitor): Visitor {
  const name = visitor.session?.user.name;
  if (name !== queries.getQueryData<Visitor>(VISITOR)?.session?.user.name) {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== VISITOR[0] });
    queries.getMutationCache().clear();
  }
  if (name !== undefined && window.sessionStorage.getItem(OWNER) !== name) {
    window.sessionStorage.clear();
    window.sessionStorage.setItem(OWNER, name);
  }
  queries.setQueryData(VISITOR, visitor);
  return visitor;
}

function isNotSignedIn(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 401;
}

type Proof = Schemas['NewSession'];

/** Asks the server; tries the proof only when nobody is signed in, since using it would spend it. */
async function look(before: Visitor | undefined, proof: () => Proof | undefined): Promise<Visitor> {
  try {
    return { session: await unwrap(api.GET('/session')) };
  } catch (error) {
    if (!isNotSignedIn(error)) {
      throw error;
    }
  }
  const body = proof();
  if (body === undefined) {
    return before?.session ? { session: null, ended: true } : (before ?? NOBODY);
  }
  try {
    return { session: await unwrap(api.POST('/session', { body })) };
  } catch (refused) {
    return { session: null, refused };
  }
}

/** Who looks at this page, from the start on; `proof` came with the address that led here. */
export function useVisitor(proof: Proof | undefined) {
  const queries = useQueryClient();
  const unused = useRef(proof);
  const query = useQuery({
    queryKey: VISITOR,
    // Without the signal: whoever stops listening must not stop a proof from being used, which it can be once.
    queryFn: async () => {
      const before = queries.getQueryData<Visitor>(VISITOR);
      const found = await look(before, () => {
        const given = unused.current;
        unused.current = undefined;
        return given;
      });
      const now = queries.getQueryData<Visitor>(VISITOR);
      // Who signed in or out meanwhile knows better.
      return now && now !== before ? now : become(queries, found);
    },
  });
  const { refetch } = query;
  useEffect(() => {
    // A link that is opened where the console is already does not load the page.
    const follow = () => {
      unused.current = takeProof();
      if (unused.current !== undefined) {
        void refetch();
      }
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [refetch]);
  useEffect(
    () =>
      onSignedOut(() => {
        if (queries.getQueryData<Visitor>(VISITOR)?.session) {
          become(queries, { session: null, ended: true });
        }
      }),
    [queries],
  );
  return query;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (who: { name: string; password: string }) => unwrap(api.POST('/session', { body: who })),
    onSuccess: (session) => become(queries, { session }),
    // Variables of a mutation stay as long as it does, and these hold a password.
    gcTime: 0,
  });
}

/** What people call the OpenID provider that signs them in; null when there is none. */
export function useProvider() {
  return useQuery({
    queryKey: ['provider'],
    queryFn: async () => (await unwrap(api.GET('/session/ways'))).oidc ?? null,
  });
}

/** Leads to the OpenID provider, which leads back. */
export function useProviderSignIn() {
  return useMutation({
    mutationFn: async () => {
      const { address } = await unwrap(api.POST('/session/oidc'));
      rememberPage();
      leaveFor(address);
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      try {
        await unwrap(api.DELETE('/session'));
      } catch (error) {
        // Signed out already is signed out.
        if (!isNotSignedIn(error)) {
          throw error;
        }
      }
    },
    onSuccess: () => {
      window.sessionStorage.clear();
      become(queries, NOBODY);
    },
  });
}

export const SessionContext = createContext<SessionView | null>(null);

/** Who is signed in; every page has somebody. */
export function useSession(): SessionView {
  const session = use(SessionContext);
  if (session === null) {
    throw new Error('A page stands outside of SignedIn');
  }
  return session;
}

const TOKENS = ['tokens'];

/** The tokens of whoever is signed in. */
export function useTokens() {
  const user = useSession().user.name;
  return useQuery({
    queryKey: TOKENS,
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/users/{user}/tokens', { params: { path: { user } }, signal }))).items,
  });
}

export function useCreateToken() {
  const user = useSession().user.name;
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['NewToken']) =>
      unwrap(api.POST('/users/{user}/tokens', { params: { path: { user } }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: TOKENS }),
    // The answer holds the secret.
    gcTime: 0,
  });
}

export function useRevokeToken() {
  const user = useSession().user.name;
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (token: string) =>
      unwrap(api.DELETE('/users/{user}/tokens/{token}', { params: { path: { user, token } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: TOKENS }),
  });
}
