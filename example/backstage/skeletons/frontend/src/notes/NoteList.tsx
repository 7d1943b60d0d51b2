import { useRef } from 'react';
import type { Me } from '../profile/me.ts';
import { mayDelete, type Note } from './note.ts';
import { NoteItem } from './NoteItem.tsx';
import css from './NoteList.module.css';
import { useDeleteNote } from './queries.ts';

interface Props {
  readonly notes: readonly Note[];
  readonly me: Me;
}

export function NoteList({ notes, me }: Props) {
  const headingRef = useRef<HTMLHeadingElement>(null);
  const { mutate } = useDeleteNote();
  const remove = (note: Note) => {
    // The button that had the focus goes away with its note.
    headingRef.current?.focus();
    mutate(note);
  };
  return (
    <section className={css.section}>
      <h2 ref={headingRef} tabIndex={-1}>
        Latest
      </h2>
      {notes.length === 0 ? (
        <Empty />
      ) : (
        <ul className={css.list}>
          {notes.map((note) => (
            <NoteItem
              key={note.id}
              note={note}
              author={note.author === me.subject ? 'You' : note.author}
              onDelete={
                mayDelete(me, note)
                  ? () => {
                      remove(note);
                    }
                  : undefined
              }
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
