/** HTTP servers: how they begin and end. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';

export const createHttpServer = (app: RequestListener): Server =>
  createServer(
    {
      // Longer than an ingress controller keeps a connection (nginx: 60 s). Else it would send
      // requests into connections that we are just closing.
      keepAliveTimeout: 75_000,
      headersTimeout: 20_000,
      requestTimeout: 60_000,
    },
    app,
  );

/** @throws {Error} which names the variable */
export async function listen(server: Server, port: number, variable: string): Promise<void> {
  server.listen(port);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code = 'unknown' } = cause as { code?: string };
    throw new Error(`${variable}: can’t listen on ${port}: ${code}`, { cause });
  }
}

const LOOK_EVERY = 100;

/** Takes no more calls, and ends those in flight after so many seconds. Tells whether it had to. */
export async function close(server: Server, seconds: number): Promise<boolean> {
  let cut = false;
  // Connections that become idle only now would else be kept.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, LOOK_EVERY);
  const late = setTimeout(() => {
    cut = true;
    server.closeAllConnections();
  }, seconds * 1000);
  server.close();
  await once(server, 'close');
  clearInterval(idle);
  clearTimeout(late);
  return cut;
}
