/** Nobody overwrites what they haven't seen (RFC 9110, If-Match). */
import type { Request } from 'express';
import * as z from 'zod';
import { Problem } from './problem.ts';

export const IfMatch = z.object({
  'If-Match': z.string().meta({ description: '`etag` of what you have read' }),
});

/** @throws {Problem} 428 without the header, 412 if it names another state than this one */
export function requireMatch(req: Request, etag: string, what: string): void {
  const header = req.get('If-Match');
  if (header === undefined) {
    throw new Problem(428, `read the ${what} first, and send its etag as the header If-Match`);
  }
  const named = header.split(',').map((each) => each.trim());
  if (!named.includes('*') && !named.includes(etag)) {
    throw new Problem(412, `the ${what} has changed since you read it: read it again`);
  }
}
