/** The whole app at a path, with a session that tests steer. */
import { QueryClient } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { createMemoryRouter, type DataRouter } from 'react-router';
import { vi } from 'vitest';
import { createApi } from '../../src/api/api.ts';
import { App } from '../../src/App.tsx';
import type { Session } from '../../src/auth/session.ts';
import { routes } from '../../src/routes.tsx';

export const CONFIG = {
  issuer: 'https://id.test',
  clientId: 'notes',
  audience: 'notes-api',
  resource: undefined,
  scope: 'openid profile',
  title: 'Team notes',
  description: 'What the team should know.',
};

/** Somebody's; or nobody's, without a name. */
export const fakeSession = (name?: string, { isNew = false } = {}) => ({
  name: () => Promise.resolve(name),
  token: () => Promise.resolve(name && 'token'),
  isNew: () => isNew,
  signIn: vi.fn<Session['signIn']>(() => Promise.resolve()),
  finishSignIn: vi.fn<Session['finishSignIn']>(() => Promise.resolve('/')),
  signOut: vi.fn<Session['signOut']>(() => Promise.resolve()),
});

interface Shown {
  readonly user: UserEvent;
  readonly router: DataRouter;
  readonly container: HTMLElement;
}

export function show(path: string, session: Session = fakeSession('Grace Hopper')): Shown {
  const router = createMemoryRouter(routes(session), { initialEntries: [path] });
  const services = { config: CONFIG, session, api: createApi(session) };
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { container } = render(
    <App services={services} queryClient={queryClient} router={router} />,
  );
  return { user: userEvent.setup(), router, container };
}
