/** In the language of the page, whatever the browser's is. */
const ABSOLUTE = new Intl.DateTimeFormat(document.documentElement.lang || 'en', {
  dateStyle: 'medium',
  timeStyle: 'short',
});

export const Time = ({ iso }: { readonly iso: string }) => (
  <time dateTime={iso}>{ABSOLUTE.format(new Date(iso))}</time>
);
