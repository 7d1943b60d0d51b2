/** Where an app is on this machine, so that several run side by side. */
export interface Local {
  /** Of the pages. The issuer knows them: on another port, signing in would fail. */
  readonly port: number;
  readonly api: string;
  readonly issuer: string;
}

/** `DEV_PORTS` is added to each port: the backend's has the same number.
 * @throws {Error} if it is no such number */
export function localOf(env: Readonly<Record<string, string>>): Local {
  const added = Number(env.DEV_PORTS ?? 0);
  if (!Number.isInteger(added) || added < 0 || added > 50_000) {
    throw new Error('DEV_PORTS must be a whole number from 0 to 50000, such as 100');
  }
  const at = (port: number) => `http://localhost:${String(port + added)}`;
  return { port: 5173 + added, api: at(3001), issuer: at(4000) };
}
