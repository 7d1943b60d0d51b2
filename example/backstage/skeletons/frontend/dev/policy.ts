/** The Content-Security-Policy of production, for Vite's servers: what it blocks is seen at once. */
import policy from '../container/policy.json' with { type: 'json' };

export function policyOf(issuer: string, connectSrc: string, nonce?: string): string {
  const origins = [issuer, ...connectSrc.split(' ')]
    .filter(Boolean)
    .map((url) => new URL(url).origin);
  const own = nonce === undefined ? [] : [`'nonce-${nonce}'`];
  const more: Readonly<Record<string, readonly string[]>> = {
    'connect-src': origins,
    'script-src': own,
    'style-src': own,
  };
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources, ...(more[directive] ?? [])].join(' '))
    .join('; ');
}
