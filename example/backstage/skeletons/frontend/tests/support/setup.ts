import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { useDrafts } from '../../src/notes/draft.ts'; // example
import { toasts } from '../../src/toasts/toasts.ts';
import { server } from './server.ts';

// A busy machine is no reason to fail.
configure({ asyncUtilTimeout: 5_000 });

beforeAll(() => {
  // jsdom has no layout, and would print that it can't do these.
  window.scrollTo = () => undefined;
  HTMLCanvasElement.prototype.getContext = () => null;
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
  server.listen({ onUnhandledFrame: 'error' });
});

afterEach(() => {
  cleanup();
  server.resetHandlers();
  useDrafts.setState({}, true); // example
  toasts.close();
  localStorage.clear();
  sessionStorage.clear();
});

afterAll(() => {
  server.close();
});
