/** What the user has written but not saved. It outlives a reload and a new sign-in. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

interface DraftState {
  readonly text: string;
  readonly write: (text: string) => void;
}

export const useDraft = create<DraftState>()(
  persist(
    (set) => ({
      text: '',
      write: (text) => {
        set({ text });
      },
    }),
    { name: 'draft', storage: createJSONStorage(() => sessionStorage) },
  ),
);
