/** Notes, and who may do what with them. */
import * as z from 'zod';
import { isAdmin, type User } from '../auth/user.ts';

const MAX_LENGTH = 280;
const MAX_PAGE = 100;

const ID = 'must be the id of a note';

const Id = z
  .string(ID)
  .regex(/^[1-9]\d{0,17}$/, ID)
  .meta({ examples: ['42'] });

export const Note = z
  .object({
    id: Id,
    text: z.string(),
    author: z.string().meta({ description: 'the name of who wrote it, as of their last note' }),
    isMine: z.boolean().meta({ description: 'whether the caller wrote it' }),
    mayChange: z.boolean().meta({ description: 'whether the caller may change and delete it' }),
    etag: z.string().meta({
      description: 'the state that you have read: send it as If-Match with a change',
      examples: ['"1"'],
    }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime().meta({ description: 'equals createdAt until it is changed' }),
  })
  .meta({ id: 'Note' });
export type Note = Readonly<z.output<typeof Note>>;

export const NewNote = z
  .object(
    {
      text: z
        .string('must be text')
        .trim()
        .min(1, 'must not be empty')
        .max(MAX_LENGTH, `must have at most ${MAX_LENGTH} characters`)
        // PostgreSQL has no such text.
        .refine((text) => !text.includes('\0'), 'must not have a NUL character'),
    },
    'the body must be a JSON object, sent as application/json',
  )
  .meta({ id: 'NewNote' });

const PAGE = `must be a whole number from 1 to ${MAX_PAGE}`;

export const PageQuery = z.object({
  limit: z.coerce.number(PAGE).int(PAGE).min(1, PAGE).max(MAX_PAGE, PAGE).default(20),
  before: Id.optional().meta({ description: '`next` of the page before' }),
});
export type PageQuery = Readonly<z.output<typeof PageQuery>>;

export const NotePage = z
  .object({
    items: z.array(Note),
    next: z.string().nullable().meta({ description: '`before` of the next page, if there is one' }),
  })
  .meta({ id: 'NotePage', description: 'Notes, newest first' });
export type NotePage = Readonly<z.output<typeof NotePage>>;

export const NoteParams = z.object({ id: Id });

/** Whether a user may change and delete what this subject wrote. */
export const mayChange = (user: User, author: string): boolean =>
  author === user.subject || isAdmin(user);
