import css from './Avatar.module.css';

/** A letter for a person. Their name stands beside it. */
export const Avatar = ({ name }: { readonly name: string }) => (
  <span className={css.avatar} aria-hidden="true">
    {String.fromCodePoint(name.codePointAt(0) ?? 0x3f).toUpperCase()}
  </span>
);
