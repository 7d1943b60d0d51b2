/** What components need from outside, so that tests can give them something else. */
import { createContext, use } from 'react';
import type { Api } from './api/api.ts';
import type { Session } from './auth/session.ts';
import type { Config } from './config.ts';

export interface Services {
  readonly config: Config;
  readonly session: Session;
  readonly api: Api;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === undefined) throw new Error('useServices needs an <App> around it');
  return services;
}
