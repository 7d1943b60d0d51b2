/** Where an app is on this machine, so that several run side by side. */
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface Ports {
  readonly api: number;
  readonly metrics: number;
  readonly issuer: number;
  readonly frontend: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** `DEV_PORTS` is added to each port: the frontend's has the same number.
 * @throws {Error} if it is no such number */
export function portsOf(env: Env): Ports {
  const added = Number(env.DEV_PORTS ?? 0);
  if (!Number.isInteger(added) || added < 0 || added > 50_000) {
    throw new Error('DEV_PORTS must be a whole number from 0 to 50000, such as 100');
  }
  return { api: 3001 + added, metrics: 9464 + added, issuer: 4000 + added, frontend: 5173 + added };
}

export const taken = (where: string, cause: unknown): Error =>
  new Error(
    `can’t listen at ${where}: does it run already? ` +
      'Beside another app, set DEV_PORTS=100 here and in the frontend.',
    { cause },
  );

/** @throws {Error} if something listens on a port already */
export async function requireFree(port: number): Promise<void> {
  const server = createServer().listen(port);
  await once(server, 'listening').catch((cause: unknown) => {
    throw taken(`port ${String(port)}`, cause);
  });
  server.close();
  await once(server, 'close');
}
