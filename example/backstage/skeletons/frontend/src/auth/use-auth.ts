/** Signing in and out at the press of a button: if it fails, a message says so. */
import { useServices } from '../services.ts';
import { complain } from '../toasts/toasts.ts';

interface Auth {
  readonly signIn: (returnTo: string) => void;
  readonly signOut: () => void;
}

export function useAuth(): Auth {
  const { session } = useServices();
  return {
    signIn: (returnTo) =>
      void session.signIn(returnTo).catch((error: unknown) => {
        complain(error instanceof Error ? `${error.message}.` : String(error));
      }),
    // Where the issuer can't end its session, at least ours has ended.
    signOut: () =>
      void session.signOut().catch(() => {
        location.assign('/');
      }),
  };
}
