import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { violations } from './support/axe.ts';
import { START } from '../src/welcome/start.ts';
import { fakeMe, problem } from './support/fake-api.ts';
import { fakeSession, show } from './support/render.tsx';
import { server } from './support/server.ts';

describe('signing in', () => {
  it('is asked for by pages that need it, and comes back to them', async () => {
    const session = fakeSession();
    show('/profile?tab=roles', session);
    await waitFor(() => {
      expect(session.signIn).toHaveBeenCalledExactlyOnceWith('/profile?tab=roles');
    });
    expect(screen.queryByRole('heading', { name: 'Profile' })).toBeNull();
  });

  it('is offered on the welcome page, which is for everybody', async () => {
    const session = fakeSession();
    const { user, container } = show('/', session);
    await user.click(await screen.findByRole('button', { name: START.signIn }));
    expect(session.signIn).toHaveBeenCalledExactlyOnceWith(START.path);
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(await violations(container)).toEqual([]);
  });

  it('ends on the page where it began', async () => {
    fakeMe();
    const session = fakeSession('Ada Lovelace');
    session.finishSignIn.mockResolvedValue('/profile');
    const { router } = show('/signin/callback?code=c&state=s', session);
    expect(await screen.findByRole('heading', { name: 'Profile' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/profile');
    expect(router.state.location.search).toBe('');
  });

  it('says why it failed', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const session = fakeSession();
    session.finishSignIn.mockRejectedValue(new Error('Signing in failed: no'));
    show('/signin/callback?error=access_denied&state=s', session);
    expect(await screen.findByText('Signing in failed: no.')).toBeVisible();
  });

  it('says nothing of a programmer’s', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const session = fakeSession();
    session.finishSignIn.mockRejectedValue(new TypeError('x is not a function'));
    show('/signin/callback?code=c&state=s', session);
    expect(await screen.findByText(/This page has a fault/)).toBeVisible();
    expect(screen.queryByText(/x is not a function/)).toBeNull();
  });

  it('says why the issuer can’t be asked', async () => {
    const session = fakeSession();
    session.signIn.mockRejectedValue(new Error('Signing in failed: Failed to fetch'));
    const { user } = show('/', session);
    await user.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('Signing in failed: Failed to fetch.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    await waitFor(() => {
      expect(screen.queryByText(/^Signing in failed/)).toBeNull();
    });
  });

  it('is offered again where the API no longer takes the token', async () => {
    fakeMe();
    server.use(http.get('/api/me', () => new HttpResponse(null, { status: 401 })));
    const session = fakeSession('Grace Hopper');
    const { user } = show('/profile', session);
    expect(await screen.findByRole('alert')).toHaveTextContent('your session has ended');
    expect(session.signIn).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Sign in again' }));
    expect(session.signIn).toHaveBeenCalledExactlyOnceWith('/profile');
  });

  it('is not offered again where it was just done: the reason is shown', async () => {
    fakeMe();
    server.use(http.get('/api/me', () => problem(401, 'the token is for account')));
    const session = fakeSession('Grace Hopper', { isNew: true });
    const { user, container } = show('/profile', session);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('doesn’t accept your sign-in, since the token is for account.');
    expect(alert).toHaveTextContent('request-1');
    expect(screen.queryByRole('button', { name: 'Sign in again' })).toBeNull();
    expect(await violations(container)).toEqual([]);
    await user.click(within(alert).getByRole('button', { name: 'Sign out' }));
    expect(session.signOut).toHaveBeenCalledOnce();
  });

  it('is over when one comes back to its last page', async () => {
    fakeMe();
    const session = fakeSession('Grace Hopper');
    session.finishSignIn.mockRejectedValue(new Error('No matching state found in storage'));
    const { router } = show('/signin/callback?code=used&state=used', session);
    expect(await screen.findByRole('link', { name: START.go })).toBeVisible();
    expect(router.state.location.pathname).toBe('/');
  });

  it('can be undone', async () => {
    fakeMe();
    const session = fakeSession('Grace Hopper');
    const { user } = show('/profile', session);
    await user.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(session.signOut).toHaveBeenCalledOnce();
  });
});

describe('moving between pages', () => {
  it('names the document and moves the focus to the heading', async () => {
    fakeMe();
    const { user, container } = show('/');
    const link = await screen.findByRole('link', { name: 'Profile' });
    expect(document.title).toBe('Team notes');
    await user.click(link);
    const heading = await screen.findByRole('heading', { name: 'Profile' });
    await waitFor(() => {
      expect(heading).toHaveFocus();
    });
    expect(document.title).toBe('Profile · Team notes');
    expect(await screen.findByText('admin')).toBeVisible();
    expect(await violations(container)).toEqual([]);
  });

  it('says so where nothing is', async () => {
    const { container } = show('/nowhere');
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeVisible();
    expect(await violations(container)).toEqual([]);
  });

  it('lets the keyboard skip the header', async () => {
    const { user } = show('/');
    await screen.findByRole('heading', { name: 'Team notes' });
    await user.tab();
    expect(screen.getByRole('link', { name: 'Skip to content' })).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(document.getElementById('main')).toBeInTheDocument();
  });
});
