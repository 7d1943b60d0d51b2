import { useInfiniteQuery } from '@tanstack/react-query';
import { Page } from '../layout/Page.tsx';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Loading } from '../ui/Loading.tsx';
import { NewNote } from './NewNote.tsx';
import { NoteList } from './NoteList.tsx';
import { notesQuery } from './queries.ts';

export function NotesPage() {
  const { api } = useServices();
  const notes = useInfiniteQuery(notesQuery(api));
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
      {notes.data && <NoteList notes={notes.data.pages.flatMap(({ items }) => items)} />}
      {notes.hasNextPage && (
        <Button disabled={notes.isFetchingNextPage} onClick={() => void notes.fetchNextPage()}>
          Show older notes
        </Button>
      )}
    </Page>
  );
}
