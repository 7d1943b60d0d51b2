// What a program in a pod sees, as one line of JSON. It runs beside node_modules with the package pg.
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, statfsSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import pg from "pg";

const [psql, ...paths] = process.argv.slice(2);
const QUESTION = `SELECT current_user, current_database(), ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;

const tried = (attempt) => {
  try {
    return attempt();
  } catch (error) {
    return String(error.code ?? error.message);
  }
};
const file = (path) => ({ text: readFileSync(path, "utf8"), mode: (statSync(path).mode & 0o777).toString(8) });
const folder = (path) => ({
  bytes: statfsSync(path).bsize * statfsSync(path).blocks,
  writes: tried(() => writeFileSync(`${path}/probe`, "x") ?? "yes"),
});

async function asked(config) {
  const client = new pg.Client(config);
  try {
    await client.connect();
    const { rows } = await client.query({ text: QUESTION, rowMode: "array" });
    return rows[0];
  } catch (error) {
    return String(error.code ?? error.message);
  } finally {
    await client.end();
  }
}

const fetched = (url) =>
  new Promise((resolve) => {
    get(url, (response) => resolve(response.statusCode)).on("error", (error) => resolve(error.code));
  });

const libpq = (url) => execFileSync(psql, ["-XAtc", QUESTION, url], { encoding: "utf8", stdio: "pipe" }).trim();
const { env } = process;

console.log(
  JSON.stringify({
    env,
    seen: Object.fromEntries(
      paths.map((path) => [path, tried(() => (statSync(path).isDirectory() ? folder(path) : file(path)))]),
    ),
    node: await asked({ connectionString: env.DATABASE_URL }),
    psql: tried(() => libpq(env.DATABASE_URL)),
    fetched: env.COMPANY_URL ? await fetched(env.COMPANY_URL) : null,
  }),
);
