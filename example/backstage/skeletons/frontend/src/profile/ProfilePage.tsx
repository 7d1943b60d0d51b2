import { useQuery } from '@tanstack/react-query';
import { dataOf } from '../api/api.ts';
import type { components } from '../api/schema.ts';
import { Page } from '../layout/Page.tsx';
import { useServices } from '../services.ts';
import { Card } from '../ui/Card.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Loading } from '../ui/Loading.tsx';
import css from './ProfilePage.module.css';

type Me = components['schemas']['User'];

export function ProfilePage() {
  const { api } = useServices();
  const { data, error, refetch } = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/me', { signal })),
    staleTime: 5 * 60_000,
  });
  return (
    <Page title="Profile" lead="Who you are to this app.">
      {data && <Facts me={data} />}
      {!data && error && (
        <Failure what="Your profile can’t be shown" error={error} onRetry={() => void refetch()} />
      )}
      {!data && !error && <Loading />}
    </Page>
  );
}

const Facts = ({ me }: { readonly me: Me }) => (
  <Card>
    <dl className={css.facts}>
      <dt>Name</dt>
      <dd dir="auto">{me.name}</dd>
      <dt>Subject</dt>
      <dd>
        <code>{me.subject}</code>
      </dd>
      <dt>Roles</dt>
      <dd>{me.roles.length > 0 ? me.roles.join(', ') : 'none'}</dd>
    </dl>
  </Card>
);
