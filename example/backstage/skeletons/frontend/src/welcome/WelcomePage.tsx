import { useOutletContext } from 'react-router';
import { useAuth } from '../auth/use-auth.ts';
import { Page } from '../layout/Page.tsx';
import { useServices } from '../services.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { START } from './start.ts';
import css from './WelcomePage.module.css';

export interface Start {
  /** Where people go from the first page. */
  readonly path: string;
  /** What the button says that leads there, to strangers and to who is signed in. */
  readonly signIn: string;
  readonly go: string;
  readonly steps: readonly { readonly title: string; readonly text: string }[];
}

/** The one page for everybody: what the app is for, and what to do first. */
export function WelcomePage() {
  const { config } = useServices();
  const user = useOutletContext<string | null>();
  return (
    <Page title={config.title} lead={config.description}>
      {user === null ? <SignIn /> : <Go user={user} />}
      <ol className={css.steps}>
        {START.steps.map(({ title, text }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </Page>
  );
}

function SignIn() {
  const { signIn } = useAuth();
  return (
    <p className={css.start}>
      <Button
        look="primary"
        onClick={() => {
          signIn(START.path);
        }}
      >
        {START.signIn}
      </Button>
    </p>
  );
}

const Go = ({ user }: { readonly user: string }) => (
  <p className={css.start}>
    <span>
      Good to see you, <bdi>{user}</bdi>.
    </span>
    <ButtonLink look="primary" to={START.path}>
      {START.go}
    </ButtonLink>
  </p>
);
