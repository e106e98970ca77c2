const FRAGMENT = /^#sign-in=(.*)$/;

/**
 * The code of the link that led here, if one did. It leaves the address bar and the history at once: a code lets its bearer
 * in, so nobody should bookmark it or read it over a shoulder.
 */
export function takeCode(): string | undefined {
  const code = FRAGMENT.exec(window.location.hash)?.[1];
  if (code !== undefined) {
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  }
  return code;
}
