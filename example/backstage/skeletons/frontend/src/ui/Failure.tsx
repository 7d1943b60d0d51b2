import { useLocation } from 'react-router';
import { isSignedOut, Problem } from '../api/problem.ts';
import { useAuth } from '../auth/use-auth.ts';
import { Button } from './Button.tsx';
import css from './Failure.module.css';

interface Props {
  /** What could not be done: "The notes can't be shown". */
  readonly what: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Says what went wrong, and offers the way out. */
export function Failure({ what, error, onRetry }: Props) {
  return (
    <div className={css.failure} role="alert">
      <p>
        <strong>{what}</strong>: {error.message}.
      </p>
      {error instanceof Problem && error.requestId !== undefined && (
        <p className={css.request}>
          If you ask for help, name this request: <code>{error.requestId}</code>
        </p>
      )}
      {isSignedOut(error) ? <SignInAgain /> : <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

function SignInAgain() {
  const { signIn } = useAuth();
  const { pathname, search } = useLocation();
  return (
    <Button
      look="primary"
      onClick={() => {
        signIn(pathname + search);
      }}
    >
      Sign in again
    </Button>
  );
}
