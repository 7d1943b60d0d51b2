/**
 * Where the database is, and how we know that it is the right one.
 *
 * Nothing of this is left to node-postgres, which knows modes that verify nothing.
 */
import { readFileSync } from 'node:fs';
import type { ClientConfig } from 'pg';
import * as z from 'zod';

interface Place {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export type Connection = Place & Required<Pick<ClientConfig, 'ssl'>>;

interface Env {
  readonly DATABASE_URL: string;
  readonly PGSSLMODE?: string | undefined;
  readonly PGSSLROOTCERT?: string | undefined;
}

/** Adds to `context` what is wrong with the variables. What the URL says wins, as with libpq. */
export function connectionOf(env: Env, context: z.RefinementCtx): Connection {
  const wrong = (name: keyof Env, message: string) => {
    context.addIssue({ code: 'custom', path: [name], message });
    return z.NEVER;
  };
  const url = URL.parse(env.DATABASE_URL);
  const place = url && placeOf(url);
  if (!place) return wrong('DATABASE_URL', `must be ${EXAMPLE}`);

  const mode =
    url.searchParams.get('sslmode') ??
    env.PGSSLMODE ??
    (isThisMachine(place.host) ? 'disable' : 'verify-full');
  if (mode === 'disable') return { ...place, ssl: false };
  if (mode !== 'verify-full') {
    const name = url.searchParams.has('sslmode') ? 'DATABASE_URL' : 'PGSSLMODE';
    return wrong(name, `must ask for sslmode verify-full, or disable for none: ${mode} isn't safe`);
  }

  const file = url.searchParams.get('sslrootcert') ?? env.PGSSLROOTCERT;
  const ca = file === undefined ? undefined : textOf(file);
  if (ca === null) return wrong('PGSSLROOTCERT', `must be a file with a CA: can't read '${file}'`);
  // An IP address is no server name: Node verifies it only if it is told the host.
  return { ...place, ssl: { rejectUnauthorized: true, host: place.host, ca } };
}

export const EXAMPLE = 'a URL such as postgresql://user:password@host:5432/database';

/** Whether the network can hear what is said to the database. */
export const isExposed = ({ host, ssl }: Connection): boolean =>
  ssl === false && !isThisMachine(host);

export const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host) || host.startsWith('/');

function placeOf(url: URL): Place | null {
  try {
    const place = {
      host: decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1'),
      port: Number(url.port || 5432),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
    };
    const named = place.host && place.user && place.database;
    return /^postgres(ql)?:$/.test(url.protocol) && named ? place : null;
  } catch {
    return null; // A % that encodes nothing.
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
