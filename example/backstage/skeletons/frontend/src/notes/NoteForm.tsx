import { useId, useState, type KeyboardEvent, type RefObject, type SubmitEvent } from 'react';
import { useOnline } from '../api/use-online.ts';
import { Button } from '../ui/Button.tsx';
import { faultOf, lengthOf } from './note.ts';
import css from './NoteForm.module.css';

interface Props {
  readonly label: string;
  readonly action: string;
  readonly text: string;
  readonly onWrite: (text: string) => void;
  /** Called with a text that is neither empty nor too long. */
  readonly onSave: (text: string) => void;
  readonly onCancel?: () => void;
  /** What asks the API. What it said is forgotten when somebody writes on. */
  readonly saving: Saving;
  /** What users read if the API says no, before its reason. */
  readonly failed: string;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
}

interface Saving {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly reset: () => void;
}

/** Where a note is written. The text stays in it until the API has it. */
export function NoteForm(props: Props) {
  const { label, action, text, onWrite, onSave, onCancel, saving, failed, fieldRef } = props;
  const { isPending, error, reset } = saving;
  const [fault, setFault] = useState<string>();
  const [fieldId, hintId] = [useId(), useId()];
  const isOnline = useOnline();

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isPending) return;
    const found = faultOf(text);
    setFault(found);
    if (found === undefined) onSave(text.trim());
    else fieldRef.current?.focus();
  };

  const wrong = fault ?? (error ? `${failed}: ${error.message}.` : undefined);
  const waiting = isOnline ? 'Saving…' : 'You are offline. It is saved when you are back.';
  const said = isPending ? waiting : wrong;
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <label htmlFor={fieldId}>{label}</label>
      <textarea
        ref={fieldRef}
        id={fieldId}
        dir="auto"
        rows={3}
        value={text}
        readOnly={isPending}
        placeholder="What should the team know?"
        aria-invalid={wrong !== undefined}
        aria-describedby={hintId}
        onKeyDown={submitOnCtrlEnter}
        onChange={({ target }) => {
          onWrite(target.value);
          reset();
          setFault(undefined);
        }}
      />
      <div className={css.actions}>
        <div id={hintId} className={css.said}>
          <p className={wrong === undefined ? css.hint : css.fault} role="status">
            {said}
          </p>
          {/* Outside: else a screen reader would say it at each letter. */}
          {said === undefined && <p className={css.hint}>{lengthOf(text)}</p>}
        </div>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" look="primary" aria-disabled={isPending} onClick={onlyOnce}>
          {action}
        </Button>
      </div>
    </form>
  );
}

/** The second click of a double click isn't meant. */
const onlyOnce = (event: {
  readonly detail: number;
  readonly preventDefault: () => void;
}): void => {
  if (event.detail > 1) event.preventDefault();
};

const submitOnCtrlEnter = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.currentTarget.form?.requestSubmit();
  }
};
