import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Page } from '../layout/Page.tsx';
import { useServices } from '../services.ts';
import { Failure } from '../ui/Failure.tsx';
import { Loading } from '../ui/Loading.tsx';
import { NewNote } from './NewNote.tsx';
import { NoteList } from './NoteList.tsx';
import { OlderNotes } from './OlderNotes.tsx';
import { notesQuery } from './queries.ts';

export function NotesPage() {
  const { api } = useServices();
  const notes = useInfiniteQuery(notesQuery(api));
  const listRef = useRef<HTMLUListElement>(null);
  return (
    <Page title="Notes" lead="Short notes for the whole team, newest first.">
      <NewNote />
      {notes.error && (
        <Failure
          what="The notes can’t be loaded"
          error={notes.error}
          onRetry={() => void notes.refetch()}
        />
      )}
      {notes.isPending && <Loading label="Loading the notes…" />}
      {notes.data && (
        <NoteList notes={notes.data.pages.flatMap(({ items }) => items)} listRef={listRef} />
      )}
      <OlderNotes query={notes} listRef={listRef} />
    </Page>
  );
}
