/** PostgreSQL without a server: PGlite, behind a port that any client can connect to. */
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export interface DevDatabase {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const CONNECTIONS = 20;

/** @param folder - where it keeps its data; in memory without one */
export async function startDatabase(folder?: string, port = 0): Promise<DevDatabase> {
  const db = await PGlite.create(folder === undefined ? {} : { dataDir: folder });
  const server = new PGLiteSocketServer({ db, port, maxConnections: CONNECTIONS });
  await server.start();
  return {
    url: `postgresql://postgres:postgres@${server.getServerConn()}/postgres`,
    stop: async () => {
      await server.stop();
      await db.close();
    },
  };
}
