import { useState } from 'react';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Time } from '../ui/Time.tsx';
import { EditNote } from './EditNote.tsx';
import type { Note } from './note.ts';
import css from './NoteItem.module.css';

interface Props {
  readonly note: Note;
  readonly onDelete: () => void;
}

export function NoteItem({ note, onDelete }: Props) {
  const [isEdited, setIsEdited] = useState(false);
  const author = note.isMine ? 'You' : note.author;
  return (
    <li className={css.note}>
      <Avatar name={note.author} />
      <div className={css.body}>
        <div className={css.head}>
          <p className={css.meta}>
            <strong dir="auto">{author}</strong>
            <Time iso={note.createdAt} />
            {note.updatedAt !== note.createdAt && <span>edited</span>}
          </p>
          {note.mayChange && !isEdited && (
            <Actions
              note={note}
              onDelete={onDelete}
              onEdit={() => {
                setIsEdited(true);
              }}
            />
          )}
        </div>
        {isEdited ? (
          <EditNote
            note={note}
            onDone={() => {
              setIsEdited(false);
            }}
          />
        ) : (
          <p className={css.text} dir="auto">
            {note.text}
          </p>
        )}
      </div>
    </li>
  );
}

const Actions = ({ note, onDelete, onEdit }: Props & { readonly onEdit: () => void }) => (
  <div className={css.actions}>
    <Button look="subtle" aria-label={`Edit the note “${note.text}”`} onClick={onEdit}>
      Edit
    </Button>
    <Confirm
      button="Delete"
      label={`Delete the note “${note.text}”`}
      title={note.isMine ? 'Delete your note?' : `Delete the note of ${note.author}?`}
      action="Delete note"
      onConfirm={onDelete}
    >
      <q dir="auto">{note.text}</q> will be gone for everybody. This can’t be undone.
    </Confirm>
  </div>
);
