import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider, type DataRouter } from 'react-router';
import { Offline } from './layout/Offline.tsx';
import { ServicesContext, type Services } from './services.ts';
import { Toasts } from './toasts/Toasts.tsx';

interface Props {
  readonly services: Services;
  readonly queryClient: QueryClient;
  readonly router: DataRouter;
}

export const App = ({ services, queryClient, router }: Props) => (
  <ServicesContext value={services}>
    <QueryClientProvider client={queryClient}>
      <Offline />
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </ServicesContext>
);
