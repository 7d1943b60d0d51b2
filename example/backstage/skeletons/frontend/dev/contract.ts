/** `npm run api`: takes the backend's openapi.json, and makes the types of its calls. */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { localOf } from './ports.ts';

const DOCUMENT = 'openapi.json';
const TYPES = 'src/api/schema.ts';
const HEAD = '/** Made of openapi.json by `npm run api`. */\n';

export const typesOf = async (document: string): Promise<string> =>
  HEAD + astToString(await openapiTS(document));

/** Whether the types are those of the document. */
export const areFresh = async (): Promise<boolean> =>
  readFileSync(TYPES, 'utf8') === (await typesOf(readFileSync(DOCUMENT, 'utf8')));

async function take(api: string): Promise<void> {
  const response = await fetch(`${api}/api/openapi.json`);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const document = `${JSON.stringify(await response.json(), null, 2)}\n`;
  writeFileSync(DOCUMENT, document);
  writeFileSync(TYPES, await typesOf(document));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  // As `npm run dev` finds it: else two apps on one laptop would take each other's.
  const { envOf } = await import('./env.ts');
  const env = envOf('development', '.');
  const api = env.API_URL ?? localOf(env).api;
  await take(api).catch((error: unknown) => {
    console.error(
      `the backend at ${api} doesn’t say what it offers: is \`npm run dev\` running there?`,
    );
    console.error(String(error));
    process.exitCode = 1;
  });
}
