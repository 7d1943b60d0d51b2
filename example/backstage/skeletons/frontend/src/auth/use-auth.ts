/** Signing in and out at the press of a button: if it fails, a message says so. */
import { useServices } from '../services.ts';
import { complain, tell } from '../toasts/toasts.ts';

/** After so many milliseconds it looks as if nothing happened. */
const SLOW = 1_000;

interface Auth {
  readonly signIn: (returnTo: string) => void;
  readonly signOut: () => void;
}

export function useAuth(): Auth {
  const { session } = useServices();
  return {
    signIn: (returnTo) => {
      const slow = setTimeout(() => {
        tell('Waiting for the page where you sign in…');
      }, SLOW);
      void session
        .signIn(returnTo)
        .catch((error: unknown) => {
          complain(error instanceof Error ? `${error.message}.` : String(error));
        })
        .finally(() => {
          clearTimeout(slow);
        });
    },
    // Where the issuer can't end its session, at least ours has ended.
    signOut: () =>
      void session.signOut().catch(() => {
        location.assign('/');
      }),
  };
}
