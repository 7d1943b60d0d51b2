import { useRef } from 'react';
import { Card } from '../ui/Card.tsx';
import { passFocus } from '../ui/focus.ts';
import { useDraft } from './draft.ts';
import { NoteForm } from './NoteForm.tsx';
import { useAddNote } from './queries.ts';

/** The draft is given up only when the API has the note: not by a reload, nor by a new sign-in. */
export function NewNote() {
  const [draft, setDraft] = useDraft();
  const adding = useAddNote();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  return (
    <Card>
      <NoteForm
        label="New note"
        action="Add note"
        text={draft?.text ?? ''}
        fieldRef={fieldRef}
        saving={adding}
        failed="Your note wasn’t saved"
        onWrite={(text) => {
          setDraft({ text });
        }}
        onSave={(note) => {
          adding.mutate(note, {
            onSuccess: () => {
              passFocus(fieldRef.current?.form ?? null, fieldRef.current);
            },
          });
        }}
      />
    </Card>
  );
}
