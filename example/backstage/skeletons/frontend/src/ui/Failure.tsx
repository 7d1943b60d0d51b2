import { useLocation } from 'react-router';
import { Problem, Refused, SignedOut } from '../api/problem.ts';
import { useAuth } from '../auth/use-auth.ts';
import { Button } from './Button.tsx';
import css from './Failure.module.css';

interface Props {
  /** What could not be done: "Your profile can't be shown". */
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
      {error instanceof Refused && (
        <p>Signing in again doesn’t help. Tell those who run this app what it says here.</p>
      )}
      {error instanceof Problem && error.requestId !== undefined && (
        <p className={css.request}>
          If you ask for help, name this request: <code>{error.requestId}</code>
        </p>
      )}
      <WayOut error={error} onRetry={onRetry} />
    </div>
  );
}

function WayOut({ error, onRetry }: Pick<Props, 'error' | 'onRetry'>) {
  const { signIn, signOut } = useAuth();
  const { pathname, search } = useLocation();
  if (error instanceof SignedOut) {
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
  return (
    <div className={css.ways}>
      <Button onClick={onRetry}>Try again</Button>
      {error instanceof Refused && <Button onClick={signOut}>Sign out</Button>}
    </div>
  );
}
