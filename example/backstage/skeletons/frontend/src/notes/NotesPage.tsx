import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Page } from '../layout/Page.tsx';
import { meQuery, type Me } from '../profile/me.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Loading } from '../ui/Loading.tsx';
import { NoteForm } from './NoteForm.tsx';
import { NoteList } from './NoteList.tsx';
import { notesQuery } from './queries.ts';

export function NotesPage() {
  const { api } = useServices();
  const { data: me, error, refetch } = useQuery(meQuery(api));
  return (
    <Page title="Notes" lead="Short notes for the whole team, newest first.">
      {me && <NoteForm author={me.subject} />}
      {me && <Notes me={me} />}
      {!me && error && (
        <Failure what="The notes can’t be shown" error={error} onRetry={() => void refetch()} />
      )}
      {!me && !error && <Loading label="Loading the notes…" />}
    </Page>
  );
}

function Notes({ me }: { readonly me: Me }) {
  const { api } = useServices();
  const notes = useInfiniteQuery(notesQuery(api));
  return (
    <>
      {notes.error && (
        <Failure
          what="The notes can’t be loaded"
          error={notes.error}
          onRetry={() => void notes.refetch()}
        />
      )}
      {notes.isPending && <Loading label="Loading the notes…" />}
      {notes.data && <NoteList me={me} notes={notes.data.pages.flatMap(({ items }) => items)} />}
      {notes.hasNextPage && (
        <Button disabled={notes.isFetchingNextPage} onClick={() => void notes.fetchNextPage()}>
          Show older notes
        </Button>
      )}
    </>
  );
}
