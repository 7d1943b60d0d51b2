import { Link, useOutletContext } from 'react-router';
import { useAuth } from '../auth/use-auth.ts';
import { Page } from '../layout/Page.tsx';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';

/** The one page for everybody. */
export function WelcomePage() {
  const { config } = useServices();
  const { signIn } = useAuth();
  const user = useOutletContext<string | null>();
  return (
    <Page title={`Welcome to ${config.title}`} lead="Short notes for the whole team, newest first.">
      <Card>
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
          <Link to="/notes">Go to the notes</Link>
        )}
      </Card>
    </Page>
  );
}
