import { Link } from 'react-router';
import { Page } from './Page.tsx';

export const NotFoundPage = () => (
  <Page title="Nothing here" lead="This address leads nowhere. The page may have moved.">
    <p>
      <Link to="/">Back to the start</Link>
    </p>
  </Page>
);
