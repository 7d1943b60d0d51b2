/** The API's answers that do not depend on a feature. */
import { http, HttpResponse } from 'msw';
import type { components } from '../../src/api/schema.ts';
import { server } from './server.ts';

type Me = components['schemas']['User'];

export const ADA: Me = { subject: 'ada', name: 'Ada Lovelace', roles: ['admin'] };

export const fakeMe = (me = ADA): void => {
  server.use(http.get('/api/me', () => HttpResponse.json(me)));
};

export const problem = (status: number, detail: string) =>
  HttpResponse.json(
    { type: 'about:blank', title: 'Problem', status, detail, requestId: 'request-1' },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
