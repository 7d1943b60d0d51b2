/** `npm run dev:issuer`: the issuer alone. */
import { startIssuer } from './server.ts';
import { issuerSettings } from './settings.ts';

const settings = issuerSettings(process.env);
await startIssuer(settings);
console.log(
  `issuer ${settings.url}, audience ${settings.audience}, for ${settings.origins.join(' ')}`,
);
