import { Toast } from '@base-ui/react/toast';
import { Button } from '../ui/Button.tsx';
import { toasts } from './toasts.ts';
import css from './Toasts.module.css';

export const Toasts = () => (
  <Toast.Provider toastManager={toasts}>
    <Toast.Portal>
      <Toast.Viewport className={css.toasts}>
        <Messages />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
);

const Messages = () =>
  Toast.useToastManager().toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={css.toast} swipeDirection="right">
      <Toast.Content className={css.content}>
        <Toast.Title render={<p />} />
        {toast.type === 'failed' && (
          // The library hides it until the messages have the focus. It is seen, so it is to be heard.
          <Toast.Close render={<Button />} aria-hidden={false}>
            Dismiss
          </Toast.Close>
        )}
      </Toast.Content>
    </Toast.Root>
  ));
