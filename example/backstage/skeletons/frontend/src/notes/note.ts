/** Notes, as the API has them. */
import * as v from 'valibot';

export const MAX_LENGTH = 280;

export const Note = v.object({
  id: v.string(),
  text: v.string(),
  /** The subject of who wrote it. */
  author: v.string(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
});
export type Note = v.InferOutput<typeof Note>;

export const NotePage = v.object({
  items: v.array(Note),
  /** `before` of the next page. */
  next: v.nullable(v.string()),
});
export type NotePage = v.InferOutput<typeof NotePage>;

const ADMIN = 'admin';

/** As the API decides it. This only spares people a button that would be refused. */
export const mayDelete = (
  user: { readonly subject: string; readonly roles: readonly string[] },
  note: Pick<Note, 'author'>,
): boolean => note.author === user.subject || user.roles.includes(ADMIN);
