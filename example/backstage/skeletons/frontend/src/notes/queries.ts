/** Notes from the API, and changes to them. */
import {
  infiniteQueryOptions,
  useIsMutating,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { dataOf, isMissing, type Api } from '../api/api.ts';
import { useServices } from '../services.ts';
import { complain, tell } from '../toasts/toasts.ts';
import { dropSaved, type Draft } from './draft.ts';
import type { Note, NotePage } from './note.ts';

const KEY = ['notes'];
const ADDING = [...KEY, 'add'];
const PAGE_SIZE = 20;
const NO_MORE: NotePage = { items: [], next: null };

type Notes = InfiniteData<NotePage, string | undefined>;

export const notesQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) =>
      dataOf(api.GET('/api/notes', { params: { query: pageOf(pageParam) }, signal })).catch(
        (error: unknown) => {
          // What it would have had was deleted meanwhile.
          if (pageParam !== undefined && isMissing(error)) return NO_MORE;
          throw error;
        },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

const pageOf = (before: string | undefined) => ({
  limit: PAGE_SIZE,
  ...(before !== undefined && { before }),
});

export function useAddNote() {
  const { api } = useServices();
  const client = useQueryClient();
  // Also of a call that began before the user left this page and came back.
  const isPending = useIsMutating({ mutationKey: ADDING }) > 0;
  const adding = useMutation({
    mutationKey: ADDING,
    mutationFn: (text: string) => dataOf(api.POST('/api/notes', { body: { text } })),
    onSuccess: (note, text) => {
      dropSaved(text);
      return change(client, ([first, ...rest]) => [withFirst(first, note), ...rest]);
    },
    onSettled: () => void client.invalidateQueries({ queryKey: KEY }),
  });
  return { ...adding, isPending };
}

interface Change {
  readonly id: string;
  readonly draft: Draft;
}

export function useChangeNote() {
  const { api } = useServices();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, draft: { etag = '', text } }: Change) =>
      dataOf(api.PUT('/api/notes/{id}', { params: paramsOf({ id, etag }), body: { text } })),
    onSuccess: (changed, { id, draft }) => {
      dropSaved(draft.text, id);
      return change(client, (pages) =>
        pages.map((page) => ({
          ...page,
          items: page.items.map((note) => (note.id === id ? changed : note)),
        })),
      );
    },
    onSettled: () => void client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDeleteNote() {
  const { api } = useServices();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (note: Note) => dataOf(api.DELETE('/api/notes/{id}', { params: paramsOf(note) })),
    onSuccess: async (_nothing, { id }) => {
      await change(client, (pages) =>
        pages.map((page) => ({ ...page, items: page.items.filter((note) => note.id !== id) })),
      );
      tell('Note deleted.');
    },
    onError: (error) => {
      complain(`The note wasn’t deleted: ${error.message}.`);
    },
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** A change is for the state that the user has seen: another one isn't overwritten. */
const paramsOf = ({ id, etag }: Pick<Note, 'id' | 'etag'>) => ({
  path: { id },
  header: { 'If-Match': etag },
});

const withFirst = (page: NotePage = NO_MORE, note: Note): NotePage => ({
  ...page,
  items: [note, ...page.items],
});

async function change(
  client: QueryClient,
  how: (pages: readonly NotePage[]) => NotePage[],
): Promise<void> {
  await client.cancelQueries({ queryKey: KEY });
  client.setQueryData<Notes>(KEY, (notes) => notes && { ...notes, pages: how(notes.pages) });
}
