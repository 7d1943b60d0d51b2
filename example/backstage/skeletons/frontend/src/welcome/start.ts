/** What the first page says that one does first. */
import type { Start } from './WelcomePage.tsx';

export const START: Start = {
  path: '/notes',
  signIn: 'Sign in to read and write',
  go: 'Go to the notes',
  steps: [
    {
      title: 'Sign in',
      text: 'With the account that you have at work. This app needs no password of its own.',
    },
    {
      title: 'Write a note',
      text: 'Up to 280 characters. What you write is kept, even without a network.',
    },
    {
      title: 'Read on',
      text: 'Everybody in the team sees it at once. You can edit and delete what is yours.',
    },
  ],
};
