/** What routes do about signing in, before they show anything. */
import { replace, type LoaderFunctionArgs } from 'react-router';
import type { Session } from './session.ts';

/** The name of who is signed in, for the header. */
export const currentUser = (session: Session) => async (): Promise<string | null> =>
  (await session.name()) ?? null;

/** Sends whoever isn't signed in to the issuer, and back here afterwards. */
export const requireUser =
  (session: Session) =>
  async ({ request }: LoaderFunctionArgs): Promise<null> => {
    if ((await session.token()) !== undefined) return null;
    const { pathname, search } = new URL(request.url);
    await session.signIn(pathname + search);
    return untilThePageIsLeft();
  };

/** Leaves no trace of itself: Back leads to where the user came from. */
export const finishSignIn =
  (session: Session) =>
  async ({ request }: LoaderFunctionArgs): Promise<Response> => {
    try {
      return replace(await session.finishSignIn(request.url));
    } catch (error) {
      // By Back and Forward people come here again, with a code that was used.
      if ((await session.token()) !== undefined) return replace('/');
      throw error;
    }
  };

const untilThePageIsLeft = () => new Promise<never>(() => undefined);
