import { useEffect, useRef, type RefObject } from 'react';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { passFocus } from '../ui/focus.ts';
import { Time } from '../ui/Time.tsx';
import { useDraft } from './draft.ts';
import { EditNote } from './EditNote.tsx';
import type { Note } from './note.ts';
import css from './NoteItem.module.css';

interface Props {
  readonly note: Note;
  readonly onDelete: () => void;
}

export function NoteItem({ note, onDelete }: Props) {
  const [draft, setDraft] = useDraft(note.id);
  const itemRef = useRef<HTMLLIElement>(null);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const editRef = useRef<HTMLButtonElement>(null);
  const edited = note.mayChange ? draft : undefined;
  const isEdited = edited !== undefined;

  // The focus goes into the editor and back. A page that begins with an open one keeps its own.
  const wasEditedRef = useRef(isEdited);
  useEffect(() => {
    if (wasEditedRef.current !== isEdited) {
      passFocus(itemRef.current, fieldRef.current ?? editRef.current);
    }
    wasEditedRef.current = isEdited;
  }, [isEdited]);

  return (
    <li ref={itemRef} className={css.note} tabIndex={-1}>
      <Avatar name={note.author} />
      <div className={css.body}>
        <div className={css.head}>
          <p className={css.meta}>
            <strong dir="auto">{note.isMine ? 'You' : note.author}</strong>
            <Time iso={note.createdAt} />
            {note.updatedAt !== note.createdAt && <span>edited</span>}
          </p>
          {note.mayChange && !isEdited && (
            <Actions
              note={note}
              editRef={editRef}
              onDelete={onDelete}
              onEdit={() => {
                setDraft({ text: note.text, etag: note.etag });
              }}
            />
          )}
        </div>
        {isEdited ? (
          <EditNote
            id={note.id}
            draft={edited}
            fieldRef={fieldRef}
            onWrite={setDraft}
            onCancel={() => {
              setDraft(undefined);
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

interface ActionsProps extends Props {
  readonly editRef: RefObject<HTMLButtonElement | null>;
  readonly onEdit: () => void;
}

const Actions = ({ note, editRef, onDelete, onEdit }: ActionsProps) => (
  <div className={css.actions}>
    <Button
      ref={editRef}
      look="subtle"
      aria-label={`Edit the note “${note.text}”`}
      onClick={onEdit}
    >
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
