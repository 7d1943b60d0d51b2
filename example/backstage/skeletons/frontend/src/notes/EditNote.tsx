import type { RefObject } from 'react';
import type { Draft } from './draft.ts';
import { NoteForm } from './NoteForm.tsx';
import { useChangeNote } from './queries.ts';

interface Props {
  readonly id: string;
  readonly draft: Draft;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly onWrite: (draft: Draft) => void;
  readonly onCancel: () => void;
}

export function EditNote({ id, draft, fieldRef, onWrite, onCancel }: Props) {
  const changing = useChangeNote();
  return (
    <NoteForm
      label="Edit note"
      action="Save"
      text={draft.text}
      fieldRef={fieldRef}
      saving={changing}
      failed="Your change wasn’t saved"
      onWrite={(text) => {
        onWrite({ ...draft, text });
      }}
      onSave={(text) => {
        changing.mutate({ id, draft: { ...draft, text } });
      }}
      onCancel={onCancel}
    />
  );
}
