import { useLocation } from 'react-router';
import { useServices } from '../services.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import css from './UserMenu.module.css';

export function UserMenu({ user }: { readonly user: string | null }) {
  const { session } = useServices();
  const { pathname } = useLocation();
  if (user === null) {
    const returnTo = pathname === '/' ? '/notes' : pathname;
    return <Button onClick={() => void session.signIn(returnTo)}>Sign in</Button>;
  }
  return (
    <div className={css.menu}>
      <Avatar name={user} />
      <span className={css.name}>{user}</span>
      <Button onClick={() => void session.signOut()}>Sign out</Button>
    </div>
  );
}
