import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { applyTheme } from '../src/theme/theme.ts';
import { show } from './support/render.tsx';

it('follows the system until the user chooses, and remembers what they chose', async () => {
  applyTheme();
  const { user } = show('/');
  expect(await screen.findByRole('radio', { name: 'Auto' })).toBeChecked();
  expect(document.documentElement).toHaveAttribute('data-theme', 'system');
  await user.click(screen.getByRole('radio', { name: 'Dark' }));
  expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  expect(localStorage.getItem('theme')).toContain('"dark"');
});
