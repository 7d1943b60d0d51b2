import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, type RefObject } from 'react';
import { Button } from '../ui/Button.tsx';
import { passFocus } from '../ui/focus.ts';

interface Props {
  readonly query: Pick<
    UseInfiniteQueryResult,
    'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'
  >;
  readonly listRef: RefObject<HTMLUListElement | null>;
}

/** Asks for older notes, and takes the user to the first of them: below them, the button may be gone. */
export function OlderNotes({ query, listRef }: Props) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const buttonRef = useRef<HTMLButtonElement>(null);
  const awaitedRef = useRef<number>(undefined);
  useEffect(() => {
    if (awaitedRef.current === undefined) return;
    const first = listRef.current?.querySelectorAll('li')[awaitedRef.current];
    if (first === undefined) return;
    awaitedRef.current = undefined;
    passFocus(buttonRef.current, first);
  });
  if (!hasNextPage) return null;
  return (
    <Button
      ref={buttonRef}
      aria-disabled={isFetchingNextPage}
      onClick={() => {
        awaitedRef.current = listRef.current?.children.length;
        if (!isFetchingNextPage) void fetchNextPage();
      }}
    >
      Show older notes
    </Button>
  );
}
