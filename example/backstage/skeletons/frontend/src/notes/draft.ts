/** What the user has written but not saved. It outlives a reload and a new sign-in. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

export interface Draft {
  readonly text: string;
  /** The state of the note that it changes, as the user has read it. A new note has none. */
  readonly etag?: string;
}

type Drafts = Readonly<Record<string, Draft | undefined>>;

export const useDrafts = create<Drafts>()(
  persist(() => ({}), { name: 'drafts', storage: createJSONStorage(() => sessionStorage) }),
);

/** Like `useState`: the draft of a change to a note, by its id, or of a new note. */
export function useDraft(id = 'new') {
  const draft = useDrafts((drafts) => drafts[id]);
  const setDraft = (changed: Draft | undefined) => {
    useDrafts.setState({ [id]: changed });
  };
  return [draft, setDraft] as const;
}
