/** Notes in the database. */
import type { Database } from '../db/database.ts';
import type { Note, NotePage, PageQuery } from './note.ts';

export interface NoteStore {
  page(query: PageQuery): Promise<NotePage>;
  add(text: string, author: string): Promise<Note>;
  find(id: string): Promise<Note | undefined>;
  remove(id: string): Promise<void>;
}

type Row = Omit<Note, 'createdAt'> & { readonly createdAt: Date };

const COLUMNS = 'id, text, author, created_at as "createdAt"';

export const createNoteStore = (database: Database): NoteStore => ({
  async page({ limit, before }) {
    const rows = await database.query<Row>(
      `select ${COLUMNS} from notes
       where $1::bigint is null or id < $1
       order by id desc limit $2`,
      [before, limit + 1], // One more, to know whether there are more.
    );
    const items = rows.slice(0, limit).map(noteOf);
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },

  async add(text, author) {
    const [row] = await database.query<Row>(
      `insert into notes (text, author) values ($1, $2) returning ${COLUMNS}`,
      [text, author],
    );
    if (!row) throw new Error('an insert returned no row');
    return noteOf(row);
  },

  async find(id) {
    const [row] = await database.query<Row>(`select ${COLUMNS} from notes where id = $1`, [id]);
    return row && noteOf(row);
  },

  async remove(id) {
    await database.query('delete from notes where id = $1', [id]);
  },
});

const noteOf = ({ createdAt, ...row }: Row): Note => ({
  ...row,
  createdAt: createdAt.toISOString(),
});
