import type { Schemas } from '@/api/client';

const FRAGMENT = /^#sign-in=(.*)$/;

/** Where the OpenID provider sends browsers back to. */
const RETURN = '/sign-in';

/** The page that was asked for before the browser was sent to the provider. */
const WANTED = 'millrace.wanted';

/**
 * What lets in who comes by this address: the code of a link, or the answer of the OpenID provider. It leaves the address bar
 * and the history at once: it lets its bearer in, so nobody should bookmark it or read it over a shoulder.
 */
export function takeProof(): Schemas['NewSession'] | undefined {
  const { pathname, search, hash } = window.location;
  const code = FRAGMENT.exec(hash)?.[1];
  if (code !== undefined) {
    show(pathname + search);
    return { code };
  }
  if (pathname !== RETURN) {
    return undefined;
  }
  const answer = new URLSearchParams(search);
  show(takeWanted());
  const given = ['state', 'code', 'error'].flatMap((name) => {
    const value = answer.get(name);
    return value === null ? [] : [[name, value]];
  });
  return given.length === 0 ? undefined : { oidc: Object.fromEntries(given) as Schemas['OidcAnswer'] };
}

/** Lets {@link takeProof} lead back to this page. */
export function rememberPage(): void {
  window.sessionStorage.setItem(WANTED, window.location.pathname + window.location.search);
}

function takeWanted(): string {
  const wanted = window.sessionStorage.getItem(WANTED) ?? '/';
  window.sessionStorage.removeItem(WANTED);
  // Two slashes would begin the name of a host.
  return wanted.startsWith('//') ? '/' : wanted;
}

function show(address: string): void {
  window.history.replaceState(window.history.state, '', address);
}
