/** Signing out in one tab means all tabs of this browser. */

const SIGNED_OUT = 'signed-out';

/** Tells the other tabs. */
export const tellSignedOut = (): void => {
  localStorage.setItem(SIGNED_OUT, new Date().toISOString());
};

/** Ends what this tab has of a session that another one ended. */
export function endWithOthers(
  leave = () => {
    location.assign('/');
  },
): void {
  addEventListener('storage', ({ key }) => {
    if (key !== SIGNED_OUT) return;
    sessionStorage.clear();
    leave();
  });
  // Back may bring a page from memory, with all that it showed before somebody signed out.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
}
