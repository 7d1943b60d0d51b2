import { useOnline } from '../api/use-online.ts';
import css from './Offline.module.css';

/** Always in the page: a screen reader announces what changes in a region that it knows. */
export const Offline = () => (
  <div role="status">
    {!useOnline() && (
      <p className={css.offline}>
        You are offline. What you write stays here, and is saved when you are back.
      </p>
    )}
  </div>
);
