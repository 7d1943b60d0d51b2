import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { useDraft } from '../../src/notes/draft.ts';
import { useToasts } from '../../src/toasts/toasts.ts';
import { server } from './server.ts';

// A busy machine is no reason to fail.
configure({ asyncUtilTimeout: 5_000 });

beforeAll(() => {
  // jsdom has no layout, and would print that it can't do these.
  window.scrollTo = () => undefined;
  HTMLCanvasElement.prototype.getContext = () => null;
  server.listen({ onUnhandledFrame: 'error' });
});

afterEach(() => {
  cleanup();
  server.resetHandlers();
  useDraft.setState(useDraft.getInitialState());
  useToasts.setState(useToasts.getInitialState());
  localStorage.clear();
  sessionStorage.clear();
});

afterAll(() => {
  server.close();
});
