import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import css from './Confirm.module.css';

interface Question {
  readonly title: string;
  /** What will be lost. */
  readonly children: ReactNode;
  readonly action: string;
  readonly onConfirm: () => void;
}

interface Props extends Question {
  /** Of the button that asks: what it says, and its name. */
  readonly button: string;
  readonly label: string;
}

/** A button that asks before it does something that can't be undone. */
export function Confirm({ button, label, ...question }: Props) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <Button
        look="danger"
        aria-label={label}
        onClick={() => {
          setIsAsked(true);
        }}
      >
        {button}
      </Button>
      {isAsked && (
        <Dialog
          {...question}
          onClose={() => {
            setIsAsked(false);
          }}
        />
      )}
    </>
  );
}

/** The browser's own: it keeps the focus, and gives it back. */
function Dialog(props: Question & { readonly onClose: () => void }) {
  const { title, children, action, onConfirm, onClose } = props;
  const dialogRef = useRef<HTMLDialogElement>(null);
  const [titleId, textId] = [useId(), useId()];
  useEffect(() => {
    dialogRef.current?.showModal();
  }, []);
  const close = () => dialogRef.current?.close();
  return (
    <dialog
      ref={dialogRef}
      role="alertdialog"
      className={css.dialog}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onClose={onClose}
    >
      <h2 id={titleId}>{title}</h2>
      <p id={textId}>{children}</p>
      <div className={css.actions}>
        <Button onClick={close}>Cancel</Button>
        <Button
          look="destructive"
          onClick={() => {
            close();
            onConfirm();
          }}
        >
          {action}
        </Button>
      </div>
    </dialog>
  );
}
