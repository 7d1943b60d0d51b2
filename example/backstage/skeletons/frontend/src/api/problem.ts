/** What went wrong, as the API tells it: RFC 9457's `application/problem+json`. */
import * as v from 'valibot';

const Document = v.object({
  title: v.optional(v.string()),
  detail: v.optional(v.string()),
  requestId: v.optional(v.string()),
});

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Finds the request in the backend's logs. */
  readonly requestId: string | undefined;

  constructor(status: number, detail: string, requestId?: string) {
    super(detail);
    this.status = status;
    this.requestId = requestId;
  }
}

export const signedOut = (): Problem => new Problem(401, 'your session has ended');

export const isSignedOut = (error: unknown): boolean =>
  error instanceof Problem && error.status === 401;

export async function problemOf(response: Response): Promise<Problem> {
  if (response.status === 401) return signedOut();
  const body: unknown = await response.json().catch(() => undefined);
  const { success, output } = v.safeParse(Document, body);
  if (!success) return new Problem(response.status, `the server answered ${response.status}`);
  const detail = output.detail ?? output.title ?? `the server answered ${response.status}`;
  return new Problem(response.status, detail, output.requestId);
}
