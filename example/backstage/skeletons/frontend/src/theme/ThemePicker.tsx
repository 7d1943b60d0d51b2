import css from './ThemePicker.module.css';
import { THEMES, useTheme, type Theme } from './theme.ts';

const LABELS: Readonly<Record<Theme, string>> = { system: 'Auto', light: 'Light', dark: 'Dark' };

export function ThemePicker() {
  const { theme, choose } = useTheme();
  return (
    <fieldset className={css.picker}>
      <legend className="visually-hidden">Theme</legend>
      {THEMES.map((each) => (
        <label key={each} className={css.choice}>
          <input
            type="radio"
            name="theme"
            checked={each === theme}
            onChange={() => {
              choose(each);
            }}
          />
          {LABELS[each]}
        </label>
      ))}
    </fieldset>
  );
}
