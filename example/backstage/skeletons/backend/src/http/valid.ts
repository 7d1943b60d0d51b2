/** What callers send, as the schema says, or a problem that names each field. */
import type * as z from 'zod';
import { Problem } from './problem.ts';

export function valid<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    detail: message,
  }));
  const detail = errors.map((error) => `${error.field} ${error.detail}`.trim()).join('; ');
  throw new Problem(400, detail, { errors });
}
