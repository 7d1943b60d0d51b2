/** Where an app is on this machine, so that several run side by side. */
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
