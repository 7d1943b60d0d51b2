/** Who calls, as the issuer says in a token. */
import type { JWTPayload } from 'jose';
import * as z from 'zod';

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

export function userOf(claims: JWTPayload & { sub: string }, rolesClaim: string): User {
  const name = [claims.name, claims.preferred_username].find(isText) ?? claims.sub;
  return { subject: claims.sub, name, roles: rolesOf(claims, rolesClaim) };
}

/** A list, or words in one text. The claim's name may be a path, or hold dots that are part of it. */
function rolesOf(claims: JWTPayload, name: string): string[] {
  const found = claims[name] ?? name.split('.').reduce<unknown>(member, claims);
  if (Array.isArray(found)) return found.filter(isText);
  return isText(found) ? found.split(' ') : [];
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
