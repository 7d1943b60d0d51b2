import { messageOf } from './message.ts';
import css from './StartFailed.module.css';

/** Instead of the app, if it has no valid configuration. */
export const StartFailed = ({ error }: { readonly error: unknown }) => (
  <main className={css.failed}>
    <title>Can’t start</title>
    <h1>The app can’t start</h1>
    <p>{messageOf(error)}</p>
  </main>
);
