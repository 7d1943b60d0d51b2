import { onlineManager } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import { delay, http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it } from 'vitest';
import { violations } from './support/axe.ts';
import { problem } from './support/fake-api.ts';
import { fakeNotes, note } from './support/fake-notes.ts';
import { show } from './support/render.tsx';
import { server } from './support/server.ts';

const texts = async () => {
  const items = await screen.findAllByRole('listitem');
  return items.map((item) => item.querySelector('div + p')?.textContent);
};

const field = () => screen.findByLabelText('New note');
const press = (name: string) => screen.getByRole('button', { name });

describe('reading', () => {
  it('shows notes, newest first, and the names of who wrote them', async () => {
    fakeNotes(note(2, 'second'), note(1, 'first', 'Ada Lovelace'));
    const { container } = show('/notes');
    expect(await texts()).toEqual(['second', 'first']);
    expect(screen.getByText('You')).toBeVisible();
    expect(screen.getByText('Ada Lovelace')).toBeVisible();
    expect(await violations(container)).toEqual([]);
  });

  it('says so when there are none', async () => {
    fakeNotes();
    const { container } = show('/notes');
    expect(await screen.findByText('No notes yet')).toBeVisible();
    expect(await violations(container)).toEqual([]);
  });

  it('shows older ones when asked', async () => {
    fakeNotes(...Array.from({ length: 25 }, (_, i) => note(25 - i)));
    const { user } = show('/notes');
    expect(await texts()).toHaveLength(20);
    await user.click(press('Show older notes'));
    await waitFor(async () => {
      expect(await texts()).toHaveLength(25);
    });
    expect(screen.queryByRole('button', { name: 'Show older notes' })).toBeNull();
  });

  it('is at its end where the older ones were deleted meanwhile', async () => {
    fakeNotes(...Array.from({ length: 25 }, (_, i) => note(25 - i)));
    const { user } = show('/notes');
    await texts();
    server.use(http.get('/api/notes', () => problem(404, 'there is no further page')));
    await user.click(press('Show older notes'));
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Show older notes' })).toBeNull();
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('tells what went wrong, which request to name, and tries again', async () => {
    fakeNotes(note(1, 'first'));
    server.use(
      http.get('/api/notes', () => problem(503, 'the database can’t be reached'), { once: true }),
    );
    const { user, container } = show('/notes');
    expect(await screen.findByRole('alert')).toHaveTextContent('the database can’t be reached');
    expect(screen.getByText('request-1')).toBeVisible();
    expect(await violations(container)).toEqual([]);
    await user.click(press('Try again'));
    expect(await texts()).toEqual(['first']);
  });

  it.each([
    ['a page', () => HttpResponse.html('<html>hello'), 'answer can’t be read'],
    ['half of it', () => new HttpResponse('{"items": [', JSON_TYPE), 'answer can’t be read'],
    ['nothing', () => HttpResponse.error(), 'the server can’t be reached'],
  ])('says in words that the answer was %s', async (_what, answer, said) => {
    fakeNotes();
    server.use(http.get('/api/notes', answer));
    show('/notes');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(said);
    expect(alert).not.toHaveTextContent(/JSON|token|fetch/i);
  });
});

const JSON_TYPE = { headers: { 'Content-Type': 'application/json' } };

describe('writing', () => {
  it('keeps the text until the API has it', async () => {
    const api = fakeNotes();
    server.use(
      http.post('/api/notes', async () => {
        await delay(50);
        return undefined;
      }),
    );
    const { user } = show('/notes');
    await user.type(await field(), '  hello  ');
    await user.click(press('Add note'));
    expect(screen.getByText('Saving…')).toBeVisible();
    expect(await field()).toHaveValue('  hello  ');
    expect(await texts()).toEqual(['hello']);
    expect(await field()).toHaveValue('');
    expect(await field()).toHaveFocus();
    expect(api.notes.map(({ text }) => text)).toEqual(['hello']);
  });

  it('saves once, however often one clicks', async () => {
    const api = fakeNotes();
    const { user } = show('/notes');
    await user.type(await field(), 'once');
    await user.dblClick(press('Add note'));
    expect(await texts()).toEqual(['once']);
    expect(api.notes).toHaveLength(1);
    expect(await field()).toBeValid();
    expect(screen.queryByText('Write something first.')).toBeNull();
  });

  it('says why the API refuses, and gives nothing up', async () => {
    fakeNotes();
    server.use(http.post('/api/notes', () => problem(429, 'too many requests; slow down')));
    const { user } = show('/notes');
    await user.type(await field(), 'hello{Control>}{Enter}{/Control}');
    expect(await screen.findByText(/wasn’t saved: too many requests/)).toBeVisible();
    expect(screen.queryByRole('listitem')).toBeNull();
    expect(await field()).toHaveValue('hello');
    await user.type(await field(), '!');
    expect(screen.queryByText(/wasn’t saved/)).toBeNull();
  });

  it.each([
    ['   ', 'Write something first.'],
    ['x'.repeat(282), 'Too long: 282 of 280 characters.'],
  ])('says what is wrong with a note before sending it', async (text, fault) => {
    fakeNotes();
    const { user, container } = show('/notes');
    await user.click(await field());
    await user.paste(text);
    await user.click(press('Add note'));
    expect(await field()).toHaveFocus();
    expect(await field()).toBeInvalid();
    expect(await field()).toHaveAccessibleDescription(fault);
    expect(await violations(container)).toEqual([]);
  });

  it('goes in the direction of the text', async () => {
    fakeNotes(note(1, 'שלום.'));
    show('/notes');
    expect(await screen.findByText('שלום.')).toHaveAttribute('dir', 'auto');
    expect(await field()).toHaveAttribute('dir', 'auto');
  });
});

describe('without a network', () => {
  afterEach(() => {
    onlineManager.setOnline(true);
  });

  it('says so, keeps what is written, and saves it later', async () => {
    const api = fakeNotes();
    const { user, container } = show('/notes');
    await user.type(await field(), 'later');
    onlineManager.setOnline(false);
    expect(await screen.findByText(/^You are offline. What you write stays here/)).toBeVisible();
    await user.click(press('Add note'));
    expect(await screen.findByText(/It is saved when you are back/)).toBeVisible();
    expect(sessionStorage.getItem('drafts')).toContain('later');
    expect(await violations(container)).toEqual([]);
    onlineManager.setOnline(true);
    expect(await texts()).toEqual(['later']);
    expect(api.notes).toHaveLength(1);
    expect(screen.queryByText(/^You are offline/)).toBeNull();
    expect(sessionStorage.getItem('drafts')).not.toContain('later');
  });
});

describe('changing', () => {
  it('saves what was changed', async () => {
    const api = fakeNotes(note(1, 'frist'));
    const { user, container } = show('/notes');
    await user.click(await screen.findByRole('button', { name: 'Edit the note “frist”' }));
    const editor = screen.getByLabelText('Edit note');
    expect(editor).toHaveFocus();
    expect(await violations(container)).toEqual([]);
    await user.clear(editor);
    await user.type(editor, 'first');
    await user.click(press('Save'));
    expect(await screen.findByText('edited')).toBeVisible();
    expect(await texts()).toEqual(['first']);
    expect(api.notes[0]?.text).toBe('first');
  });

  it('overwrites nothing unseen, and keeps what one wrote', async () => {
    const api = fakeNotes(note(1, 'mine'));
    const { user } = show('/notes');
    await user.click(await screen.findByRole('button', { name: 'Edit the note “mine”' }));
    api.notes[0] = { ...note(1, 'theirs'), etag: '"9"' };
    await user.type(screen.getByLabelText('Edit note'), ', too');
    await user.click(press('Save'));
    expect(await screen.findByText('Your change wasn’t saved: it has changed.')).toBeVisible();
    expect(screen.getByLabelText('Edit note')).toHaveValue('mine, too');
    expect(api.notes[0].text).toBe('theirs');
    await user.click(press('Cancel'));
    expect(await texts()).toEqual(['theirs']);
  });
});

describe('deleting', () => {
  const ask = async (user: ReturnType<typeof show>['user'], name: RegExp | string) => {
    await user.click(await screen.findByRole('button', { name }));
    return screen.findByRole('alertdialog');
  };

  it('asks first, and puts the focus where the list is', async () => {
    const api = fakeNotes(note(2, 'mine'), note(1, 'kept'));
    const { user } = show('/notes');
    const dialog = await ask(user, 'Delete the note “mine”');
    expect(dialog).toHaveTextContent('mine will be gone for everybody. This can’t be undone.');
    expect(await violations(document.body)).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Delete note' }));
    expect(await screen.findByText('Note deleted.')).toBeVisible();
    expect(await texts()).toEqual(['kept']);
    expect(screen.getByRole('heading', { name: 'Latest' })).toHaveFocus();
    expect(api.notes.map(({ text }) => text)).toEqual(['kept']);
  });

  it('is left off at a word', async () => {
    const api = fakeNotes(note(1, 'mine'));
    const { user } = show('/notes');
    const dialog = await ask(user, /^Delete/);
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).toBeNull();
    });
    expect(api.notes).toHaveLength(1);
  });

  it('says so if the API refuses', async () => {
    fakeNotes(note(1, 'mine'));
    server.use(http.delete('/api/notes/1', () => problem(403, 'only its author may')));
    const { user } = show('/notes');
    const dialog = await ask(user, /^Delete/);
    await user.click(within(dialog).getByRole('button', { name: 'Delete note' }));
    expect(await screen.findByText(/wasn’t deleted: only its author may/)).toBeVisible();
    expect(await texts()).toEqual(['mine']);
  });

  it('and changing are offered where the API says that one may', async () => {
    fakeNotes(
      note(2, 'mine'),
      { ...note(3, 'hers', 'Ada'), mayChange: true },
      note(1, 'not mine', 'Ada'),
    );
    show('/notes');
    expect(await screen.findAllByRole('button', { name: /^Delete/ })).toHaveLength(2);
    expect(screen.getAllByRole('button', { name: /^Edit/ })).toHaveLength(2);
  });
});
