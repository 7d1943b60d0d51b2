/** Waiting, but not for ever. */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../log.ts';

/** What we waited for, or why it isn't there yet. */
export type Attempt<T> = { readonly value: T } | { readonly reason: string };

const PAUSE = 1_000;

/** @throws {GaveUp} with the last reason */
export async function waitFor<T>(
  seconds: number,
  log: Logger,
  attempt: () => Promise<Attempt<T>>,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const outcome = await attempt();
    if ('value' in outcome) return outcome.value;
    if (Date.now() >= until) throw new GaveUp(`${outcome.reason}, after ${seconds} s`);
    log.info(`waiting: ${outcome.reason}`);
    await setTimeout(PAUSE);
  }
}

/** Has a sentence for people. */
export class GaveUp extends Error {
  override readonly name = 'GaveUp';
}
