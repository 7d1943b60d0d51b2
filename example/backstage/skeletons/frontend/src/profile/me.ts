/** Who the API takes the user for, and what they may do. */
import { queryOptions } from '@tanstack/react-query';
import * as v from 'valibot';
import type { Api } from '../api/api.ts';

export const Me = v.object({
  subject: v.string(),
  name: v.string(),
  roles: v.array(v.string()),
});
export type Me = v.InferOutput<typeof Me>;

export const meQuery = (api: Api) =>
  queryOptions({
    queryKey: ['me'],
    queryFn: ({ signal }) => api.get('/me', Me, signal),
    staleTime: 5 * 60_000,
  });
