/** What Vite's servers and scripts are told: by variables, and by `.env` files, which may differ on each laptop. */
import { loadEnv } from 'vite';

const OWN = ['PUBLIC_', 'API_URL', 'DEV_PORTS', 'CONNECT_SRC'];

export const envOf = (mode: string, folder: string): Record<string, string> =>
  loadEnv(mode, folder, OWN);
