/** `npm run dev`: the API on this machine, with a database and an issuer, started anew on changes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import pretty from 'pino-pretty';
import { startDatabase } from './database/database.ts';
import { startIssuer } from './issuer/server.ts';
import { issuerSettings } from './issuer/settings.ts';
import { portsOf } from './ports.ts';

const FOLDER = '.dev';
const WATCHED = ['src', 'migrations', 'openapi.json'];

const settings = issuerSettings(process.env);
const ports = portsOf(process.env);
// First: if its port is taken, this runs already, and two must not share a database.
const issuer = await startIssuer(settings);
mkdirSync(FOLDER, { recursive: true });
const database = await startDatabase(`${FOLDER}/database`);
console.log(`issuer    ${settings.url}: sign in as ada, who is an admin, or grace`);
console.log(`database  ${database.url}`);

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
      DATABASE_URL: database.url,
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
await database.stop();
await issuer.stop();
