/** Who calls, as the issuer says in a token. */
import type { JWTPayload } from 'jose';
import * as z from 'zod';
import type { Config } from '../config.ts';

export const User = z
  .object({
    subject: z.string().meta({ description: 'stays the same, whatever the user is called' }),
    name: z.string(),
    roles: z.array(z.string()),
  })
  .meta({ id: 'User' });
export type User = Readonly<z.output<typeof User>>;

export const ADMIN = 'admin';

export const isAdmin = ({ roles }: User): boolean => roles.includes(ADMIN);

type Claims = Pick<Config['auth'], 'nameClaim' | 'rolesClaim'>;

export const userOf = (claims: JWTPayload & { sub: string }, names: Claims): User => ({
  subject: claims.sub,
  name: nameOf(claims, names.nameClaim) ?? claims.sub,
  roles: rolesOf(claims, names.rolesClaim),
});

const nameOf = (claims: JWTPayload, name: string | undefined): string | undefined =>
  [
    name === undefined ? undefined : claimOf(claims, name),
    claims.name,
    claims.preferred_username,
    claims.email,
  ].find(isText);

/** A list, or words in one text. */
function rolesOf(claims: JWTPayload, name: string): string[] {
  const found = claimOf(claims, name);
  if (Array.isArray(found)) return found.filter(isText);
  return isText(found) ? found.split(' ') : [];
}

/** The claim's name may be a path, or hold dots that are part of it. */
const claimOf = (claims: JWTPayload, name: string): unknown =>
  claims[name] ?? name.split('.').reduce<unknown>(member, claims);

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
