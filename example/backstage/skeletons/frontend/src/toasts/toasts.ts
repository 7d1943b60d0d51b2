/** Short messages about what just happened. */
import { create } from 'zustand';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'done' | 'failed';
}

interface ToastState {
  readonly toasts: readonly Toast[];
  readonly show: (text: string, tone: Toast['tone']) => void;
  readonly dismiss: (id: number) => void;
}

let last = 0;

export const useToasts = create<ToastState>()((set) => ({
  toasts: [],
  show: (text, tone) => {
    set(({ toasts }) => ({ toasts: [...toasts, { id: ++last, text, tone }] }));
  },
  dismiss: (id) => {
    set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
  },
}));
