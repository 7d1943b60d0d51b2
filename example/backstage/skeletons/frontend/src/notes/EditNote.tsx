import { useEffect, useRef, useState } from 'react';
import type { Note } from './note.ts';
import { NoteForm } from './NoteForm.tsx';
import { useChangeNote } from './queries.ts';

interface Props {
  readonly note: Note;
  readonly onDone: () => void;
}

export function EditNote({ note, onDone }: Props) {
  const [text, setText] = useState(note.text);
  const { mutate, isPending, error, reset } = useChangeNote();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    fieldRef.current?.focus();
  }, []);
  return (
    <NoteForm
      label="Edit note"
      action="Save"
      text={text}
      fieldRef={fieldRef}
      isSaving={isPending}
      failure={error ? `Your change wasn’t saved: ${error.message}.` : undefined}
      onWrite={(written) => {
        setText(written);
        reset();
      }}
      onSave={(changed) => {
        mutate({ note, text: changed }, { onSuccess: onDone });
      }}
      onCancel={onDone}
    />
  );
}
