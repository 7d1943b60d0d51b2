import css from './Loading.module.css';

export const Loading = ({ label = 'Loading…' }: { readonly label?: string }) => (
  <div className={css.loading} role="status">
    <span className="visually-hidden">{label}</span>
    {[1, 2, 3].map((line) => (
      <span key={line} className={css.line} />
    ))}
  </div>
);
