import { useEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { useServices } from '../services.ts';
import css from './Page.module.css';

interface Props {
  readonly title: string;
  readonly lead?: string;
  readonly children?: ReactNode;
}

/** A page: it names the document, and its heading takes the focus when one comes from another page. */
export function Page({ title, lead, children }: Props) {
  const { config } = useServices();
  const headingRef = useRef<HTMLHeadingElement>(null);
  const isFirst = useLocation().key === 'default';
  useEffect(() => {
    if (!isFirst) headingRef.current?.focus();
  }, [isFirst]);
  return (
    <div className={css.page}>
      <title>{title === config.title ? title : `${title} · ${config.title}`}</title>
      <div>
        <h1 ref={headingRef} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <p className={css.lead}>{lead}</p>}
      </div>
      {children}
    </div>
  );
}
