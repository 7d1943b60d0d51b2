import { useRef, type RefObject } from 'react';
import { passFocus } from '../ui/focus.ts';
import type { Note } from './note.ts';
import { NoteItem } from './NoteItem.tsx';
import css from './NoteList.module.css';
import { useDeleteNote } from './queries.ts';

interface Props {
  readonly notes: readonly Note[];
  readonly listRef: RefObject<HTMLUListElement | null>;
}

export function NoteList({ notes, listRef }: Props) {
  const headingRef = useRef<HTMLHeadingElement>(null);
  const { mutate } = useDeleteNote();
  return (
    <section className={css.section}>
      <h2 ref={headingRef} tabIndex={-1}>
        Latest
      </h2>
      {notes.length === 0 ? (
        <Empty />
      ) : (
        <ul ref={listRef} className={css.list}>
          {notes.map((note) => (
            <NoteItem
              key={note.id}
              note={note}
              onDelete={() => {
                mutate(note, {
                  // The button that had the focus goes away with its note.
                  onSuccess: () => {
                    passFocus(null, headingRef.current);
                  },
                });
              }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

const Empty = () => (
  <div className={css.empty}>
    <img src="/icon.svg" alt="" width="48" height="48" />
    <p>
      <strong>No notes yet</strong>
    </p>
    <p>Write the first one above.</p>
  </div>
);
