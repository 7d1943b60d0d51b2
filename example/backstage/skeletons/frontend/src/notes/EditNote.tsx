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
  const changing = useChangeNote();
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
      saving={changing}
      failed="Your change wasn’t saved"
      onWrite={setText}
      onSave={(changed) => {
        changing.mutate({ note, text: changed }, { onSuccess: onDone });
      }}
      onCancel={onDone}
    />
  );
}
