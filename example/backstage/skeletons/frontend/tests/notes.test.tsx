import { screen, waitFor, within } from '@testing-library/react';
import { delay, http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { violations } from './support/axe.ts';
import { ADA, fakeApi, GRACE, note, problem } from './support/fake-api.ts';
import { show } from './support/render.tsx';
import { server } from './support/server.ts';

const texts = async () => {
  const items = await screen.findAllByRole('listitem');
  return items.map((item) => item.querySelector('div + p')?.textContent);
};

describe('reading', () => {
  it('shows notes, newest first, and whose they are', async () => {
    fakeApi({ notes: [note(2, 'grace', 'second'), note(1, 'ada', 'first')] });
    const { container } = show('/notes');
    expect(await texts()).toEqual(['second', 'first']);
    expect(screen.getByText('You')).toBeVisible();
    expect(screen.getByText('ada')).toBeVisible();
    expect(await violations(container)).toEqual([]);
  });

  it('says so when there are none', async () => {
    fakeApi();
    const { container } = show('/notes');
    expect(await screen.findByText('No notes yet')).toBeVisible();
    expect(await violations(container)).toEqual([]);
  });

  it('shows older ones when asked', async () => {
    fakeApi({ notes: Array.from({ length: 25 }, (_, i) => note(25 - i, 'ada')) });
    const { user } = show('/notes');
    expect(await texts()).toHaveLength(20);
    await user.click(screen.getByRole('button', { name: 'Show older notes' }));
    await waitFor(async () => {
      expect(await texts()).toHaveLength(25);
    });
    expect(screen.queryByRole('button', { name: 'Show older notes' })).toBeNull();
  });

  it('tells what went wrong, which request to name, and tries again', async () => {
    fakeApi({ notes: [note(1, 'ada', 'first')] });
    server.use(
      http.get('/api/notes', () => problem(503, 'the database can’t be reached'), { once: true }),
    );
    const { user, container } = show('/notes');
    expect(await screen.findByRole('alert')).toHaveTextContent('the database can’t be reached');
    expect(screen.getByText('request-1')).toBeVisible();
    expect(await violations(container)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await texts()).toEqual(['first']);
  });

  it('refuses an answer that is not what the API promises', async () => {
    fakeApi();
    server.use(http.get('/api/notes', () => HttpResponse.json({ items: [{ id: 1 }], next: null })));
    show('/notes');
    expect(await screen.findByRole('alert')).toHaveTextContent('The notes can’t be loaded');
  });
});

describe('writing', () => {
  it('shows a note before the API has answered, and keeps it', async () => {
    const api = fakeApi();
    server.use(
      http.post('/api/notes', async () => {
        await delay(50);
        return undefined;
      }),
    );
    const { user } = show('/notes');
    await user.type(await screen.findByLabelText('New note'), '  hello  ');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    expect(within(await screen.findByRole('listitem')).getByText('Saving…')).toBeVisible();
    expect(screen.getByLabelText('New note')).toHaveValue('');
    await waitFor(() => {
      expect(screen.queryByText('Saving…')).toBeNull();
    });
    expect(api.notes.map(({ text }) => text)).toEqual(['hello']);
    expect(await texts()).toEqual(['hello']);
  });

  it('takes it back if the API refuses, and gives the text back', async () => {
    fakeApi();
    server.use(http.post('/api/notes', () => problem(429, 'too many requests; slow down')));
    const { user } = show('/notes');
    await user.type(await screen.findByLabelText('New note'), 'hello{Control>}{Enter}{/Control}');
    expect(await screen.findByText(/wasn’t saved: too many requests/)).toBeVisible();
    expect(screen.queryByRole('listitem')).toBeNull();
    expect(screen.getByLabelText('New note')).toHaveValue('hello');
  });

  it.each([
    ['   ', 'Write something first.'],
    ['x'.repeat(282), 'Too long: 282 of 280 characters.'],
  ])('says what is wrong with a note before sending it', async (text, fault) => {
    fakeApi();
    const { user, container } = show('/notes');
    const field = await screen.findByLabelText('New note');
    await user.click(field);
    await user.paste(text);
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    expect(field).toHaveFocus();
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(fault);
    expect(await violations(container)).toEqual([]);
  });
});

describe('deleting', () => {
  it('removes a note at once, and puts the focus where the list is', async () => {
    const api = fakeApi({ notes: [note(2, 'grace', 'mine'), note(1, 'grace', 'kept')] });
    const { user } = show('/notes');
    await user.click(await screen.findByRole('button', { name: 'Delete the note “mine”' }));
    expect(screen.getByRole('heading', { name: 'Latest' })).toHaveFocus();
    expect(await screen.findByText('Note deleted.')).toBeVisible();
    expect(await texts()).toEqual(['kept']);
    expect(api.notes.map(({ text }) => text)).toEqual(['kept']);
  });

  it('brings it back if the API refuses', async () => {
    fakeApi({ notes: [note(1, 'grace', 'mine')] });
    server.use(http.delete('/api/notes/1', () => problem(403, 'only its author may')));
    const { user } = show('/notes');
    await user.click(await screen.findByRole('button', { name: /^Delete/ }));
    expect(await screen.findByText(/wasn’t deleted: only its author may/)).toBeVisible();
    expect(await texts()).toEqual(['mine']);
  });

  it.each([
    [GRACE, 1],
    [ADA, 2],
  ])('is offered for one’s own notes, and for all to an admin', async (me, offered) => {
    fakeApi({ me, notes: [note(2, 'grace'), note(1, 'ada')] });
    show('/notes');
    expect(await screen.findAllByRole('button', { name: /^Delete/ })).toHaveLength(offered);
  });
});
