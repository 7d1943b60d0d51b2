const ABSOLUTE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const Time = ({ iso }: { readonly iso: string }) => (
  <time dateTime={iso}>{ABSOLUTE.format(new Date(iso))}</time>
);
