import { useQuery } from '@tanstack/react-query';
import { Page } from '../layout/Page.tsx';
import { useServices } from '../services.ts';
import { Card } from '../ui/Card.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Loading } from '../ui/Loading.tsx';
import { meQuery, type Me } from './me.ts';
import css from './ProfilePage.module.css';

export function ProfilePage() {
  const { api } = useServices();
  const { data, error, refetch } = useQuery(meQuery(api));
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
      <dd>{me.name}</dd>
      <dt>Subject</dt>
      <dd>
        <code>{me.subject}</code>
      </dd>
      <dt>Roles</dt>
      <dd>{me.roles.length > 0 ? me.roles.join(', ') : 'none'}</dd>
    </dl>
  </Card>
);
