import { useLocation } from 'react-router';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { START } from '../welcome/start.ts';
import { useAuth } from './use-auth.ts';
import css from './UserMenu.module.css';

export function UserMenu({ user }: { readonly user: string | null }) {
  const { signIn, signOut } = useAuth();
  const { pathname } = useLocation();
  if (user === null) {
    const returnTo = pathname === '/' ? START.path : pathname;
    return (
      <Button
        onClick={() => {
          signIn(returnTo);
        }}
      >
        Sign in
      </Button>
    );
  }
  return (
    <div className={css.menu}>
      <Avatar name={user} />
      <span className={css.name}>{user}</span>
      <Button onClick={signOut}>Sign out</Button>
    </div>
  );
}
