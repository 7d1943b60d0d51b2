import type { ComponentProps } from 'react';
import css from './Button.module.css';

interface Props extends Omit<ComponentProps<'button'>, 'className'> {
  readonly look?: 'primary' | 'quiet' | 'danger';
}

export const Button = ({ look = 'quiet', type = 'button', ...rest }: Props) => (
  <button {...rest} type={type} className={`${css.button} ${css[look]}`} />
);
