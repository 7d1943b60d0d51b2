/** Changes to notes that are in the cache, before the API has answered. */
import type { InfiniteData } from '@tanstack/react-query';
import type { Note, NotePage } from './note.ts';

export type Notes = InfiniteData<NotePage, string | undefined>;

const UNSAVED = 'unsaved-';
let last = 0;

/** A note that the API hasn't confirmed. */
export const draftNote = (text: string, author: string): Note => ({
  id: `${UNSAVED}${++last}`,
  text,
  author,
  createdAt: new Date().toISOString(),
});

export const isUnsaved = ({ id }: Note): boolean => id.startsWith(UNSAVED);

export const withNote = (notes: Notes, note: Note): Notes => ({
  ...notes,
  pages: notes.pages.map((page, i) => (i === 0 ? { ...page, items: [note, ...page.items] } : page)),
});

export const withoutNote = (notes: Notes, id: string): Notes => ({
  ...notes,
  pages: notes.pages.map((page) => ({
    ...page,
    items: page.items.filter((note) => note.id !== id),
  })),
});
