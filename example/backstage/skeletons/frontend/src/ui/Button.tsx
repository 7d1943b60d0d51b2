import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router';
import css from './Button.module.css';

interface Look {
  readonly look?: 'primary' | 'quiet' | 'subtle' | 'danger' | 'destructive';
}

type Props = Omit<ComponentProps<'button'>, 'className'> & Look;

export const Button = ({ look = 'quiet', type = 'button', ...rest }: Props) => (
  <button {...rest} type={type} className={`${css.button} ${css[look]}`} />
);

/** A link that is as important as a button. */
export const ButtonLink = ({ look = 'quiet', ...rest }: Omit<LinkProps, 'className'> & Look) => (
  <Link {...rest} className={`${css.button} ${css[look]}`} />
);
