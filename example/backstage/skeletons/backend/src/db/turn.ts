/** Whose turn it is to migrate: one at a time. */
import type { ClientBase } from 'pg';
import type { Logger } from '../log.ts';
import { waitFor } from './wait.ts';

/** Any number, as long as nobody else locks it. */
const LOCK = 7_165_120_313;

/**
 * Waits until nobody else migrates. Lasts as long as the session.
 *
 * It asks again and again: to wait within the database would be a transaction, for which
 * `create index concurrently` in the other session would wait in turn.
 */
export async function takeTurn(
  client: Pick<ClientBase, 'query'>,
  seconds: number,
  log: Logger,
): Promise<void> {
  await waitFor(seconds, log, async () => {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock($1) as mine',
      [LOCK],
    );
    return rows[0]?.mine ? { value: undefined } : { reason: 'another pod is still migrating' };
  });
}
