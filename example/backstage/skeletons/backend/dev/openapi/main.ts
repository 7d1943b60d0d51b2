/** `npm run openapi`: run it when you have changed routes or their schemas. */
import { writeFileSync } from 'node:fs';
import { createOpenApi, FILE } from './document.ts';

writeFileSync(FILE, createOpenApi());
