import { useId, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { useDraft } from './draft.ts';
import { MAX_LENGTH } from './note.ts';
import css from './NoteForm.module.css';
import { useAddNote } from './queries.ts';

export function NoteForm({ author }: { readonly author: string }) {
  const { text, write } = useDraft();
  const [fault, setFault] = useState<string>();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const [fieldId, hintId] = [useId(), useId()];
  const { mutate } = useAddNote(author);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const found = faultOf(text);
    setFault(found);
    if (found !== undefined) {
      fieldRef.current?.focus();
      return;
    }
    write('');
    mutate(text.trim(), {
      onError: () => {
        giveBack(text);
      },
    });
  };

  return (
    <Card>
      <form className={css.form} onSubmit={submit} noValidate>
        <label htmlFor={fieldId}>New note</label>
        <textarea
          ref={fieldRef}
          id={fieldId}
          rows={3}
          value={text}
          placeholder="What should the team know?"
          aria-invalid={fault !== undefined}
          aria-describedby={hintId}
          onKeyDown={submitOnCtrlEnter}
          onChange={({ target }) => {
            write(target.value);
            setFault(undefined);
          }}
        />
        <div className={css.actions}>
          <p id={hintId} className={fault === undefined ? css.hint : css.fault}>
            {fault ?? lengthOf(text)}
          </p>
          <Button type="submit" look="primary">
            Add note
          </Button>
        </div>
      </form>
    </Card>
  );
}

const faultOf = (text: string): string | undefined => {
  const { length } = text.trim();
  if (length === 0) return 'Write something first.';
  if (length > MAX_LENGTH) return `Too long: ${lengthOf(text)}.`;
  return undefined;
};

const lengthOf = (text: string): string => `${text.trim().length} of ${MAX_LENGTH} characters`;

/** Unless the user has begun another one. */
const giveBack = (text: string): void => {
  const draft = useDraft.getState();
  if (draft.text === '') draft.write(text);
};

const submitOnCtrlEnter = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.currentTarget.form?.requestSubmit();
  }
};
