/** Whoever you say you are: only Ada is an admin. */
import type { Account, AccountClaims } from 'oidc-provider';

const ROLES: Readonly<Record<string, readonly string[]>> = { ada: ['admin'] };

/** What a name must look like to be one. */
export const NAME = '[a-z][a-z0-9]{0,30}';

export const isName = (name: unknown): name is string =>
  typeof name === 'string' && new RegExp(`^${NAME}$`).test(name);

export const claimsOf = (id: string): AccountClaims & { roles: readonly string[] } => ({
  sub: id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  preferred_username: id,
  roles: ROLES[id] ?? [],
});

export const accountOf = (id: string): Account => ({
  accountId: id,
  claims: () => claimsOf(id),
});
