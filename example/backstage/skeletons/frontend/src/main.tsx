/** Starts the app, once it knows its configuration. */
import { UserManager } from 'oidc-client-ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { createApi } from './api/api.ts';
import { createQueryClient } from './api/query-client.ts';
import { App } from './App.tsx';
import { endWithOthers } from './auth/elsewhere.ts';
import { createSession, settings } from './auth/session.ts';
import { loadConfig } from './config.ts';
import { routes } from './routes.tsx';
import { StartFailed } from './layout/StartFailed.tsx';
import './styles/tokens.css';
import './styles/base.css';
import { applyTheme } from './theme/theme.ts';

applyTheme();
endWithOthers();

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');
const root = createRoot(container);

try {
  const config = await loadConfig();
  const session = createSession(new UserManager(settings(config, location.origin)));
  const services = { config, session, api: createApi(session) };
  const router = createBrowserRouter(routes(session));
  root.render(
    <StrictMode>
      <App services={services} queryClient={createQueryClient()} router={router} />
    </StrictMode>,
  );
} catch (error) {
  root.render(<StartFailed error={error} />);
}
