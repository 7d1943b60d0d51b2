import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { delay, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { fakeMe } from './support/fake-api.ts';
import { fakeNotes, note } from './support/fake-notes.ts';
import { show } from './support/render.tsx';
import { server } from './support/server.ts';

type Shown = ReturnType<typeof show>;

const editButton = (text: string) =>
  screen.findByRole('button', { name: `Edit the note “${text}”` });
const editor = () => screen.findByLabelText('Edit note');
const field = () => screen.findByLabelText('New note');

const edit = async ({ user }: Shown, text: string, changed: string) => {
  await user.click(await editButton(text));
  await user.clear(await editor());
  await user.type(await editor(), changed);
};

const add = async ({ user }: Shown, text: string) => {
  await user.type(await field(), text);
  await user.click(screen.getByRole('button', { name: 'Add note' }));
  await screen.findByText(text);
};

describe('an edit', () => {
  it('outlives a reload, and takes no focus then', async () => {
    fakeNotes(note(1, 'first'));
    await edit(show('/notes'), 'first', 'rewritten');
    cleanup();
    show('/notes');
    expect(await editor()).toHaveValue('rewritten');
    expect(await editor()).not.toHaveFocus();
  });

  it('is of the state that one began with, though the list has a newer one by now', async () => {
    const api = fakeNotes(note(1, 'first'));
    const shown = show('/notes');
    await edit(shown, 'first', 'mine');
    api.notes[0] = { ...note(1, 'theirs'), etag: '"9"' };
    await add(shown, 'another'); // The list is read again.
    await shown.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Your change wasn’t saved: it has changed.')).toBeVisible();
    expect(api.notes.map(({ text }) => text)).toEqual(['another', 'theirs']);
  });

  it.each(['Cancel', 'Save'])('gives the focus back at %s', async (button) => {
    fakeNotes(note(1, 'first'));
    const shown = show('/notes');
    await edit(shown, 'first', 'first');
    await shown.user.click(screen.getByRole('button', { name: button }));
    await waitFor(async () => {
      expect(await editButton('first')).toHaveFocus();
    });
    expect(sessionStorage.getItem('drafts')).not.toContain('first');
  });

  it('takes no focus from somebody who writes something else by then', async () => {
    fakeNotes(note(1, 'first'));
    server.use(
      http.put('/api/notes/1', async () => {
        await delay(50);
        return undefined;
      }),
    );
    const shown = show('/notes');
    await edit(shown, 'first', 'changed');
    await shown.user.click(screen.getByRole('button', { name: 'Save' }));
    await shown.user.click(await field());
    await editButton('changed');
    expect(await field()).toHaveFocus();
  });
});

describe('a note that was saved while one was on another page', () => {
  const later = (method: 'post' | 'put', path: string) => {
    server.use(
      http[method](path, async () => {
        await delay(100);
        return undefined;
      }),
    );
  };
  const leaveAndComeBack = async ({ user }: Shown) => {
    await user.click(screen.getByRole('link', { name: 'Profile' }));
    await screen.findByRole('heading', { name: 'Profile' });
    await delay(150);
    await user.click(screen.getByRole('link', { name: 'Notes' }));
  };

  it('is no draft any more', async () => {
    fakeMe();
    const api = fakeNotes();
    later('post', '/api/notes');
    const shown = show('/notes');
    await shown.user.type(await field(), 'once');
    await shown.user.click(screen.getByRole('button', { name: 'Add note' }));
    await leaveAndComeBack(shown);
    await screen.findByText('once');
    expect(await field()).toHaveValue('');
    expect(api.notes).toHaveLength(1);
  });

  it('can’t be added twice', async () => {
    fakeMe();
    fakeNotes();
    server.use(http.post('/api/notes', () => delay('infinite')));
    const shown = show('/notes');
    await shown.user.type(await field(), 'once');
    await shown.user.click(screen.getByRole('button', { name: 'Add note' }));
    await leaveAndComeBack(shown);
    expect(await screen.findByText('Saving…')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Add note' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('is not open for a change any more', async () => {
    fakeMe();
    fakeNotes(note(1, 'first'));
    later('put', '/api/notes/1');
    const shown = show('/notes');
    await edit(shown, 'first', 'changed');
    await shown.user.click(screen.getByRole('button', { name: 'Save' }));
    await leaveAndComeBack(shown);
    await editButton('changed');
    expect(screen.queryByLabelText('Edit note')).toBeNull();
  });
});

describe('older notes', () => {
  it('are where the focus goes', async () => {
    fakeNotes(...Array.from({ length: 25 }, (_, i) => note(25 - i)));
    const { user } = show('/notes');
    await user.click(await screen.findByRole('button', { name: 'Show older notes' }));
    await waitFor(() => {
      const [, , , , fifth] = screen.getAllByRole('listitem').toReversed();
      expect(fifth).toHaveFocus();
      expect(within(fifth ?? document.body).getByText('note 5')).toBeVisible();
    });
  });
});

describe('the length of a note', () => {
  it('is counted as the API counts it', async () => {
    const api = fakeNotes();
    const { user } = show('/notes');
    await user.click(await field());
    await user.paste('🎉'.repeat(280));
    expect(await field()).toHaveAccessibleDescription('280 of 280 characters');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    await screen.findByRole('listitem');
    expect(api.notes).toHaveLength(1);
  });

  it('is not announced at each letter, but what is wrong is', async () => {
    fakeNotes();
    const { user } = show('/notes');
    await user.click(await screen.findByRole('button', { name: 'Add note' }));
    const announced = () => screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(announced()).toContain('Write something first.');
    await user.type(await field(), 'a');
    expect(announced().join('')).toBe('');
  });
});
