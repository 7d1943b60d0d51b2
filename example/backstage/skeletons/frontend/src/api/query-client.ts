/** The cache of what the API said. */
import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

const RETRIES = 2;

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < RETRIES && mayPass(error),
      },
    },
  });

/** An answer below 500 is final: asking again changes nothing. */
const mayPass = (error: Error): boolean => !(error instanceof Problem && error.status < 500);
