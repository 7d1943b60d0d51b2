/** `npm run dev`: the API on this machine, with a database and an issuer, started anew on changes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import pretty from 'pino-pretty';
import { startDatabase } from './database/database.ts';
import { startIssuer } from './issuer/server.ts';
import { issuerSettings } from './issuer/settings.ts';
import { portsOf, requireFree } from './ports.ts';

const FOLDER = '.dev';
const WATCHED = ['src', 'migrations', 'openapi.json'];

const settings = issuerSettings(process.env);
const ports = portsOf(process.env);
// First: if its port is taken, this runs already, and two must not share a database.
const issuer = await startIssuer(settings);
for (const port of [ports.api, ports.metrics]) await requireFree(port);
console.log(`issuer    ${settings.url}: sign in as ada, who is an admin, or grace`);
const database = process.env.DATABASE_URL === undefined ? await ownDatabase() : undefined;
console.log(`database  ${database?.url ?? 'that of DATABASE_URL'}`);

const api = spawn(
  process.execPath,
  [
    '--watch',
    '--watch-preserve-output',
    ...WATCHED.map((path) => `--watch-path=${path}`),
    'dev/api.ts',
  ],
  {
    stdio: ['inherit', 'pipe', 'inherit'],
    env: {
      DATABASE_URL: database?.url,
      OIDC_ISSUER: settings.url,
      OIDC_AUDIENCE: settings.audience,
      PORT: String(ports.api),
      METRICS_PORT: String(ports.metrics),
      SHUTDOWN_DELAY_SECONDS: '0',
      ...process.env,
    },
  },
);
api.stdout.pipe(pretty({ ignore: 'requestId', translateTime: 'SYS:HH:MM:ss', singleLine: true }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    api.kill(signal);
  });
}
await once(api, 'exit');
await database?.stop();
await issuer.stop();

function ownDatabase() {
  mkdirSync(FOLDER, { recursive: true });
  return startDatabase(`${FOLDER}/database`);
}
