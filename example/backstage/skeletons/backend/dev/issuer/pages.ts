/** What people see of the issuer. */
import { NAME } from './users.ts';

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${title}</title>
    <style>
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
      body { max-width: 20rem; margin: 15vh auto; padding: 0 1rem; }
      form { display: grid; gap: 0.75rem; }
      input, button { font: inherit; padding: 0.5rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>
`;

export const signInPage = (): string =>
  page(
    'Sign in',
    `<p>This issuer is for development, and believes you. Be <b>ada</b>, who is an admin, or <b>grace</b>, or anybody.</p>
      <form method="post">
        <label for="name">Name</label>
        <input id="name" name="name" required pattern="${NAME}" title="lower-case letters and digits" autocomplete="username" autofocus />
        <button>Sign in</button>
      </form>`,
  );

/** @param form - the provider's, with the id op.logoutForm */
export const signOutPage = (form: string): string =>
  page(
    'Sign out',
    `${form}
      <button form="op.logoutForm" name="logout" value="yes">Sign out</button>
      <script>document.querySelector('button').click();</script>`,
  );
