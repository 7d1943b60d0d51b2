/** The issuer's pages and endpoints. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { errors } from 'oidc-provider';
import { taken } from '../ports.ts';
import { signInPage } from './pages.ts';
import { createProvider, tokenFor } from './provider.ts';
import type { IssuerSettings } from './settings.ts';
import { isName } from './users.ts';

export interface Issuer {
  readonly stop: () => Promise<void>;
}

export async function startIssuer(settings: IssuerSettings): Promise<Issuer> {
  const provider = await createProvider(settings);
  const app = express();
  app
    .route('/signin/:uid')
    .get(async (req, res) => {
      try {
        await provider.interactionDetails(req, res);
      } catch (error) {
        if (!(error instanceof errors.SessionNotFound)) throw error;
        // Back, after signing in: there is nothing to do here any more.
        res.redirect(settings.origins[0] ?? '/');
        return;
      }
      res.set('Cache-Control', 'no-store').type('html').send(signInPage());
    })
    .post(express.urlencoded(), async (req, res) => {
      const { name } = req.body as { name?: unknown };
      if (!isName(name)) {
        res.redirect(req.originalUrl);
        return;
      }
      await provider.interactionFinished(req, res, { login: { accountId: name } });
    });
  app.get('/token/:name', async ({ params: { name } }, res) => {
    if (isName(name)) res.type('text').send(await tokenFor(provider, name, settings.audience));
    else res.sendStatus(404);
  });
  app.use(provider.callback());

  const server = createServer(app);
  const { hostname, port } = new URL(settings.url);
  server.listen(Number(port || 80), hostname);
  await once(server, 'listening').catch((cause: unknown) => {
    throw taken(settings.url, cause);
  });
  return {
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
