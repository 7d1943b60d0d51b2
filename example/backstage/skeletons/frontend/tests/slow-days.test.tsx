import { onlineManager } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSession } from '../src/auth/session.ts';
import { START } from '../src/welcome/start.ts';
import { fakeIssuer, ORIGIN } from './support/fake-issuer.ts';
import { fakeSession, show } from './support/render.tsx';

afterEach(() => {
  onlineManager.setOnline(true);
  vi.useRealTimers();
});

describe('signing in', () => {
  it('says so where the provider is slow', async () => {
    const session = fakeSession();
    session.signIn.mockReturnValue(new Promise(() => undefined));
    show('/', session);
    const button = await screen.findByRole('button', { name: START.signIn });
    vi.useFakeTimers();
    button.click();
    expect(screen.queryByText(/^Waiting for the page/)).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(1_100));
    expect(screen.getByText('Waiting for the page where you sign in…')).toBeVisible();
  });

  it.each(['?code=kept&state=as-a-bookmark', ''])(
    'can’t be taken up anywhere: %j',
    async (query) => {
      const session = createSession(fakeIssuer().manager);
      await expect(session.finishSignIn(`${ORIGIN}/signin/callback${query}`)).rejects.toThrow(
        new Error('Signing in failed: it wasn’t begun in this tab, or too long ago'),
      );
    },
  );
});

describe('a page that was never loaded', () => {
  it('is not said to have a fault where only the network is missing', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    onlineManager.setOnline(false);
    const session = fakeSession();
    session.finishSignIn.mockRejectedValue(new TypeError('Failed to fetch module'));
    show('/signin/callback?code=c&state=s', session);
    expect(await screen.findByText(/^You are offline, and this page was not loaded/)).toBeVisible();
  });
});
