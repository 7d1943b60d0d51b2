import { onlineManager } from '@tanstack/react-query';
import { Problem } from '../api/problem.ts';

/** What an error says to people. What was meant for programmers is on the console. */
export const messageOf = (error: unknown): string =>
  isOurs(error) ? `${error.message}.` : onlineManager.isOnline() ? FAULT : OFFLINE;

const FAULT =
  'This page has a fault, or a newer version of it was just installed. It isn’t your doing.';
const OFFLINE =
  'You are offline, and this page was not loaded yet. Go back, or wait for the network.';

/** Ours are `Error` itself, or extend it with a sentence; the language's own are not for people. */
const isOurs = (error: unknown): error is Error =>
  error instanceof Problem || (error instanceof Error && error.constructor === Error);
