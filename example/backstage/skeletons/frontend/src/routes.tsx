/** Which page is where. Pages are loaded when they are first visited. */
import type { RouteObject } from 'react-router';
import { currentUser, finishSignIn, requireUser } from './auth/loaders.ts';
import { CALLBACK, type Session } from './auth/session.ts';
import { ErrorPage } from './layout/ErrorPage.tsx';
import { Layout } from './layout/Layout.tsx';
import { NotFoundPage } from './layout/NotFoundPage.tsx';
import { notesRoute } from './notes/route.ts'; // example
import { Loading } from './ui/Loading.tsx';

export const routes = (session: Session): RouteObject[] => [
  {
    ErrorBoundary: ErrorPage,
    HydrateFallback: Loading,
    children: [
      {
        Component: Layout,
        loader: currentUser(session),
        shouldRevalidate: () => true,
        children: [{ ErrorBoundary: ErrorPage, children: pages(session) }],
      },
    ],
  },
];

const pages = (session: Session): RouteObject[] => [
  {
    index: true,
    lazy: { Component: async () => (await import('./welcome/WelcomePage.tsx')).WelcomePage },
  },
  {
    loader: requireUser(session),
    children: [
      notesRoute(), // example
      {
        path: 'profile',
        lazy: { Component: async () => (await import('./profile/ProfilePage.tsx')).ProfilePage },
      },
    ],
  },
  { path: CALLBACK, loader: finishSignIn(session), Component: Loading },
  { path: '*', Component: NotFoundPage },
];
