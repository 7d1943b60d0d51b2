/** Notes from the API. Changes show at once, and are taken back if the API refuses them. */
import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query';
import type { Api } from '../api/api.ts';
import { useServices } from '../services.ts';
import { useToasts } from '../toasts/toasts.ts';
import { draftNote, withNote, withoutNote, type Notes } from './cache.ts';
import { Note, NotePage } from './note.ts';

const KEY = ['notes'];
const PAGE_SIZE = 20;

export const notesQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) => api.get(pathOf(pageParam), NotePage, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });

const pathOf = (before: string | undefined): string =>
  `/notes?${new URLSearchParams({ limit: String(PAGE_SIZE), ...(before !== undefined && { before }) })}`;

export function useAddNote(author: string) {
  const { api } = useServices();
  const client = useQueryClient();
  const show = useToasts((state) => state.show);
  return useMutation({
    mutationKey: KEY,
    mutationFn: (text: string) => api.post('/notes', { text }, Note),
    onMutate: async (text) => {
      const note = draftNote(text, author);
      await change(client, (notes) => withNote(notes, note));
      return note;
    },
    onError: async (error, _text, note) => {
      if (note) await change(client, (notes) => withoutNote(notes, note.id));
      show(`Your note wasn’t saved: ${error.message}.`, 'failed');
    },
    onSettled: () => refresh(client),
  });
}

export function useDeleteNote() {
  const { api } = useServices();
  const client = useQueryClient();
  const show = useToasts((state) => state.show);
  return useMutation({
    mutationKey: KEY,
    mutationFn: ({ id }: Note) => api.delete(`/notes/${id}`),
    onMutate: ({ id }) => change(client, (notes) => withoutNote(notes, id)),
    onSuccess: () => {
      show('Note deleted.', 'done');
    },
    onError: (error) => {
      show(`The note wasn’t deleted: ${error.message}.`, 'failed');
    },
    onSettled: () => refresh(client),
  });
}

async function change(client: QueryClient, how: (notes: Notes) => Notes): Promise<void> {
  await client.cancelQueries({ queryKey: KEY });
  client.setQueryData<Notes>(KEY, (notes) => notes && how(notes));
}

/** After the last of several changes: before, the API wouldn't know of the others yet. */
async function refresh(client: QueryClient): Promise<void> {
  if (client.isMutating({ mutationKey: KEY }) === 1) {
    await client.invalidateQueries({ queryKey: KEY });
  }
}
