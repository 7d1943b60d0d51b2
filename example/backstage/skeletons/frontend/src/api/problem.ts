/** What went wrong, in words for people. The API tells it as RFC 9457's `application/problem+json`. */
import type { components } from './schema.ts';

type Document = Partial<components['schemas']['Problem']>;

export class Problem extends Error {
  override readonly name = 'Problem';
  /** The answer's; 0 without an answer. */
  readonly status: number;
  /** Finds the request in the backend's logs. */
  readonly requestId: string | undefined;

  constructor(status: number, detail: string, { requestId, cause }: More = {}) {
    super(detail, { cause });
    this.status = status;
    this.requestId = requestId;
  }
}

interface More extends ErrorOptions {
  readonly requestId?: string | undefined;
}

/** The session was good, and isn't any longer: signing in again helps. */
export class SignedOut extends Problem {
  constructor(more?: More) {
    super(401, 'your session has ended', more);
  }
}

/** The API refuses what the provider has just issued: signing in again changes nothing. */
export class Refused extends Problem {
  constructor(why: string, more?: More) {
    super(401, `the app doesn’t accept your sign-in, since ${why}`, more);
  }
}

export const unreachable = (cause: unknown): Problem =>
  new Problem(0, 'the server can’t be reached', { cause });

export const unreadable = (status: number, cause?: unknown): Problem =>
  new Problem(status, 'the server’s answer can’t be read. It may be starting: wait a minute', {
    cause,
  });

/** @param isNew - whether the user has signed in only now */
export async function problemOf(response: Response, isNew: boolean): Promise<Problem> {
  const { detail, title, requestId } = await documentOf(response);
  const why = detail ?? title ?? `the server answered ${response.status}`;
  if (response.status !== 401) return new Problem(response.status, why, { requestId });
  return isNew ? new Refused(why, { requestId }) : new SignedOut({ requestId, cause: why });
}

async function documentOf(response: Response): Promise<Document> {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? body : {};
}
