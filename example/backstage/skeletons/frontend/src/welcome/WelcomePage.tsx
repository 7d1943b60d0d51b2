import { useOutletContext } from 'react-router';
import { useAuth } from '../auth/use-auth.ts';
import { Page } from '../layout/Page.tsx';
import { useServices } from '../services.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';

/** The one page for everybody. */
export function WelcomePage() {
  const { config } = useServices();
  const { signIn } = useAuth();
  const user = useOutletContext<string | null>();
  return (
    <Page title={`Welcome to ${config.title}`} lead="Short notes for the whole team, newest first.">
      <p>
        {user === null ? (
          <Button
            look="primary"
            onClick={() => {
              signIn('/notes');
            }}
          >
            Sign in to read and write
          </Button>
        ) : (
          <ButtonLink look="primary" to="/notes">
            Go to the notes
          </ButtonLink>
        )}
      </p>
    </Page>
  );
}
