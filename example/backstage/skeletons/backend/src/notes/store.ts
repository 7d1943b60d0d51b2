/** Notes in the database. */
import type { Queries } from '../db/database.ts';
import type { User } from '../auth/user.ts';
import type { PageQuery } from './note.ts';

/** A note as the database has it. */
export interface StoredNote {
  readonly id: string;
  readonly text: string;
  /** Who wrote it: their subject at the OpenID provider. */
  readonly author: string;
  /** What they were called when they last wrote. */
  readonly authorName: string;
  /** Grows with each change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredPage {
  readonly notes: readonly StoredNote[];
  readonly hasMore: boolean;
}

const SELECT = `
  select id, text, author, people.name as "authorName", version,
    created_at as "createdAt", updated_at as "updatedAt"
  from notes join people on people.subject = notes.author`;

export async function page(queries: Queries, { limit, before }: PageQuery): Promise<StoredPage> {
  const rows = await queries.query<StoredNote>(
    `${SELECT} where $1::bigint is null or id < $1 order by id desc limit $2`,
    [before, limit + 1], // One more, to know whether there are more.
  );
  return { notes: rows.slice(0, limit), hasMore: rows.length > limit };
}

export async function find(queries: Queries, id: string): Promise<StoredNote | undefined> {
  const [note] = await queries.query<StoredNote>(`${SELECT} where id = $1`, [id]);
  return note;
}

/** Until the transaction ends, nobody else changes this note. */
export async function lock(queries: Queries, id: string): Promise<StoredNote | undefined> {
  const [note] = await queries.query<StoredNote>(`${SELECT} where id = $1 for update of notes`, [
    id,
  ]);
  return note;
}

/** Two statements: call it in a transaction. */
export async function add(
  queries: Queries,
  text: string,
  { subject, name }: User,
): Promise<string> {
  await queries.query(
    `insert into people (subject, name) values ($1, $2)
     on conflict (subject) do update set name = excluded.name`,
    [subject, name],
  );
  const [row] = await queries.query<{ id: string }>(
    'insert into notes (text, author) values ($1, $2) returning id',
    [text, subject],
  );
  if (!row) throw new Error('an insert returned no row');
  return row.id;
}

export const change = (queries: Queries, id: string, text: string) =>
  queries.query(
    'update notes set text = $2, version = version + 1, updated_at = now() where id = $1',
    [id, text],
  );

export const remove = (queries: Queries, id: string) =>
  queries.query('delete from notes where id = $1', [id]);
