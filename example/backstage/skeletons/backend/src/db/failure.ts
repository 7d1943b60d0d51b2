/** Why the database can't be used, for people. */
import type { Connection } from './connection.ts';

export interface Failure {
  readonly message: string;
  /** Whether it may pass by itself. */
  readonly passes: boolean;
}

type Describe = (place: Connection, message: string) => string;

const MAY_PASS: Readonly<Record<string, Describe>> = {
  ECONNREFUSED: ({ host, port }) => `nothing listens at ${host}:${port}`,
  ENOTFOUND: ({ host }) => `no host is called ${host}`,
  EAI_AGAIN: ({ host }) => `the name ${host} can’t be resolved`,
  '57P03': () => 'it is starting up',
  '53300': () => 'it has no connection left',
};

const unknownCa: Describe = () =>
  'its certificate is not signed by a CA that we know: name the file of its CA in PGSSLROOTCERT or NODE_EXTRA_CA_CERTS';

const WILL_NOT_PASS: Readonly<Record<string, Describe>> = {
  '28P01': ({ user }) => `it refuses the password of ${user}: check DATABASE_URL`,
  '28000': ({ user }, message) => `it refuses ${user}: ${message}`,
  '3D000': ({ database }) => `it has no database ${database}: check DATABASE_URL`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) =>
    `its certificate is not for ${host}: check the host in DATABASE_URL`,
  CERT_HAS_EXPIRED: () => 'its certificate has expired',
  SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
};

export function failureOf(error: unknown, place: Connection): Failure {
  const { code = '', message } = error as { code?: string; message: string };
  const lasting = WILL_NOT_PASS[code];
  if (lasting) return { message: lasting(place, message), passes: false };
  return { message: MAY_PASS[code]?.(place, message) ?? message, passes: true };
}
