import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactElement, ReactNode } from 'react';
import { Button } from './Button.tsx';
import css from './Confirm.module.css';

interface Props {
  /** The button that asks. */
  readonly trigger: ReactElement;
  readonly title: string;
  /** What will be lost. */
  readonly children: ReactNode;
  readonly action: string;
  readonly onConfirm: () => void;
}

/** Asks before something that can't be undone. */
export const Confirm = ({ trigger, title, children, action, onConfirm }: Props) => (
  <AlertDialog.Root>
    <AlertDialog.Trigger render={trigger} />
    <AlertDialog.Portal>
      <AlertDialog.Backdrop className={css.backdrop} />
      <AlertDialog.Popup className={css.popup}>
        <AlertDialog.Title>{title}</AlertDialog.Title>
        <AlertDialog.Description>{children}</AlertDialog.Description>
        <div className={css.actions}>
          <AlertDialog.Close render={<Button />}>Cancel</AlertDialog.Close>
          <AlertDialog.Close render={<Button look="destructive" />} onClick={onConfirm}>
            {action}
          </AlertDialog.Close>
        </div>
      </AlertDialog.Popup>
    </AlertDialog.Portal>
  </AlertDialog.Root>
);
