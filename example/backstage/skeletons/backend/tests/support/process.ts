/** A program of ours as a real process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

export interface Running {
  /** What it wrote so far. */
  readonly output: () => string;
  readonly until: (text: string) => Promise<void>;
  readonly signal: (name: 'SIGTERM' | 'SIGINT') => void;
  /** Its exit code. */
  readonly exit: Promise<number | null>;
}

export function run(program: string, env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  const read = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  return {
    output: () => output,
    until: async (text) => {
      while (!output.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended without '${text}': ${output}`);
        await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
      }
    },
    signal: (name) => child.kill(name),
    exit: once(child, 'close').then(() => child.exitCode),
  };
}

const given = new Set<number>();

/** A port that nothing listens on, and that wasn't given before: a free one may be offered twice. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}
