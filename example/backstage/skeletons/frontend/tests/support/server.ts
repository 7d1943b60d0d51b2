/** The network, as tests see it: what isn't said here fails. */
import { setupServer } from 'msw/node';

export const server = setupServer();
