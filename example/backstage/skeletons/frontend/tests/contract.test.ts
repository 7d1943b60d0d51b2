import { expect, it } from 'vitest';
import { areFresh } from '../dev/contract.ts';

it('the types of calls are those of openapi.json: else run `npm run api`', async () => {
  expect(await areFresh()).toBe(true);
});
