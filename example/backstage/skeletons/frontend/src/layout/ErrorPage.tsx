import { useRouteError } from 'react-router';
import { Button } from '../ui/Button.tsx';
import { messageOf } from './message.ts';
import { Page } from './Page.tsx';

/** What a page's bug, a failed sign-in or a new version that replaced this one's files end in. */
export function ErrorPage() {
  const error = useRouteError();
  return (
    <Page title="Something went wrong" lead={messageOf(error)}>
      <p>
        <Button
          look="primary"
          onClick={() => {
            location.assign('/');
          }}
        >
          Start again
        </Button>
      </p>
    </Page>
  );
}
