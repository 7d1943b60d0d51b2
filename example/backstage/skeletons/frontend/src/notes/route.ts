import type { RouteObject } from 'react-router';

export const notesRoute = (): RouteObject => ({
  path: 'notes',
  lazy: { Component: async () => (await import('./NotesPage.tsx')).NotesPage },
});
