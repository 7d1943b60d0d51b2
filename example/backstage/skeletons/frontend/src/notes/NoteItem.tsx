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
        <div className={css.head}>
          <p className={css.meta}>
            <strong>{author}</strong> {unsaved ? 'Saving…' : <Time iso={note.createdAt} />}
          </p>
          {onDelete && !unsaved && (
            <Button look="danger" aria-label={`Delete the note “${note.text}”`} onClick={onDelete}>
              Delete
            </Button>
          )}
        </div>
        <p className={css.text}>{note.text}</p>
      </div>
    </li>
  );
}
