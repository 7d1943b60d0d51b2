import type { ReactNode } from 'react';
import css from './Card.module.css';

export const Card = ({ children }: { readonly children: ReactNode }) => (
  <div className={css.card}>{children}</div>
);
