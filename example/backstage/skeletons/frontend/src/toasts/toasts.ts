/** Short messages about what just happened. */
import { Toast } from '@base-ui/react/toast';

export const toasts = Toast.createToastManager();

/** What was done. It goes away by itself. */
export const tell = (title: string): void => {
  toasts.add({ title });
};

/** What failed. It waits to be read. */
export const complain = (title: string): void => {
  toasts.add({ title, type: 'failed', timeout: 0 });
};
