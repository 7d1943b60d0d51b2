import { useEffect } from 'react';
import { Button } from '../ui/Button.tsx';
import { useToasts, type Toast } from './toasts.ts';
import css from './Toasts.module.css';

const SHOWN_MS = 5000;

/** Always in the page: a screen reader announces what changes in a region that it knows. */
export const Toasts = () => (
  <div className={css.toasts} role="status">
    {useToasts(({ toasts }) => toasts).map((toast) => (
      <Message key={toast.id} toast={toast} />
    ))}
  </div>
);

/** What was done goes away by itself; what failed waits to be read. */
function Message({ toast: { id, text, tone } }: { readonly toast: Toast }) {
  const dismiss = useToasts((state) => state.dismiss);
  useEffect(() => {
    if (tone === 'failed') return undefined;
    const timer = setTimeout(() => {
      dismiss(id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [id, tone, dismiss]);
  return (
    <div className={`${css.toast} ${css[tone]}`}>
      {text}
      {tone === 'failed' && (
        <Button
          onClick={() => {
            dismiss(id);
          }}
        >
          Dismiss
        </Button>
      )}
    </div>
  );
}
