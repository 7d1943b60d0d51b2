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

const NEW = 'new';

/** Gives up what the API has now, whatever page the user is on, unless more was written meanwhile. */
export function dropSaved(text: string, id = NEW): void {
  if (useDrafts.getState()[id]?.text.trim() === text) useDrafts.setState({ [id]: undefined });
}

/** Like `useState`: the draft of a change to a note, by its id, or of a new note. */
export function useDraft(id = NEW) {
  const draft = useDrafts((drafts) => drafts[id]);
  const setDraft = (changed: Draft | undefined) => {
    useDrafts.setState({ [id]: changed });
  };
  return [draft, setDraft] as const;
}
