import {
  Link,
  NavLink,
  Outlet,
  ScrollRestoration,
  useLoaderData,
  useNavigation,
} from 'react-router';
import { UserMenu } from '../auth/UserMenu.tsx';
import { useServices } from '../services.ts';
import { ThemePicker } from '../theme/ThemePicker.tsx';
import css from './Layout.module.css';

const PAGES = [
  ['/notes', 'Notes'], // example
  ['/profile', 'Profile'],
] as const;

export function Layout() {
  const user = useLoaderData<string | null>();
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      <a className={css.skip} href="#main">
        Skip to content
      </a>
      <Header user={user} />
      <main id="main" className={css.main} tabIndex={-1} aria-busy={busy}>
        <Outlet context={user} />
      </main>
      <footer className={css.footer}>
        <ThemePicker />
      </footer>
      <ScrollRestoration />
    </>
  );
}

function Header({ user }: { readonly user: string | null }) {
  const { title } = useServices().config;
  return (
    <header className={css.header}>
      <Link to="/" className={css.brand}>
        <img src="/icon.svg" alt="" width="28" height="28" />
        {title}
      </Link>
      {user !== null && (
        <nav aria-label="Main" className={css.nav}>
          {PAGES.map(([path, name]) => (
            <NavLink key={path} to={path}>
              {name}
            </NavLink>
          ))}
        </nav>
      )}
      <UserMenu user={user} />
    </header>
  );
}
