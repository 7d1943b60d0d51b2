import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Time } from '../ui/Time.tsx';
import { isUnsaved } from './cache.ts';
import type { Note } from './note.ts';
import css from './NoteItem.module.css';

interface Props {
  readonly note: Note;
  readonly author: string;
  /** Absent if the user may not. */
  readonly onDelete: (() => void) | undefined;
}

export function NoteItem({ note, author, onDelete }: Props) {
  const unsaved = isUnsaved(note);
  return (
    <li className={css.note} aria-busy={unsaved}>
      <Avatar name={note.author} />
      <div className={css.body}>
        <p className={css.meta}>
          <strong>{author}</strong> {unsaved ? 'Saving…' : <Time iso={note.createdAt} />}
        </p>
        <p className={css.text}>{note.text}</p>
      </div>
      {onDelete && !unsaved && (
        <Button look="danger" aria-label={`Delete the note “${note.text}”`} onClick={onDelete}>
          Delete
        </Button>
      )}
    </li>
  );
}
