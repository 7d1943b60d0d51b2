/** Light or dark, as the system says unless the user says otherwise. Remembered in this browser. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

interface ThemeState {
  readonly theme: Theme;
  readonly choose: (theme: Theme) => void;
}

export const useTheme = create<ThemeState>()(
  persist(
    (set) => ({
      theme: 'system',
      choose: (theme) => {
        set({ theme });
      },
    }),
    { name: 'theme' },
  ),
);

/** Tells the styles now, and whenever it changes. */
export function applyTheme(): void {
  const show = ({ theme }: ThemeState) => {
    document.documentElement.dataset.theme = theme;
  };
  show(useTheme.getState());
  useTheme.subscribe(show);
}
