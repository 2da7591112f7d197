import { connection } from 'next/server';
import { env } from '#lib/env.ts';
import { checkHealth } from '#lib/health.ts';
import styles from './page.module.css';

const routes = [
  ['GET /api/connectors', 'what can be read from'],
  ['POST /api/connectors/sources', 'connect a source'],
  ['POST /api/external/sync', 'bring its rows in'],
  ['GET /api/datasets/{name}/rows', 'read them'],
  ['POST /api/exports', 'define a file to ship out'],
  ['GET /api/jobs/{id}', 'watch the work'],
] as const;

/** Says what is running and where to go. */
export default async function StartPage() {
  await connection();
  const { APP_URL, ALLOW_LOOPBACK_TARGETS } = env();
  const { checks } = await checkHealth();
  return (
    <main className={styles.page}>
      <h1>Entrepot</h1>
      <p className={styles.lead}>Pulls your data in, keeps it in your own Postgres, and ships it on.</p>

      <h2>What is running</h2>
      <ul className={styles.list}>
        {Object.entries(checks).map(([part, { ok }]) => (
          <li key={part}>
            {part}
            <span className={ok ? styles.good : styles.bad}>{ok ? 'running' : 'not answering'}</span>
          </li>
        ))}
      </ul>

      <h2>Where to go</h2>
      <p>
        Everything is done by the API, with <code>Authorization: Bearer ent_…</code>. README.md walks through
        it, from a first source to a downloaded file.
      </p>
      <ul className={styles.list}>
        {routes.map(([route, purpose]) => (
          <li key={route}>
            <code>{route}</code>
            <span className={styles.quiet}>{purpose}</span>
          </li>
        ))}
      </ul>
      {ALLOW_LOOPBACK_TARGETS && <LocalHint url={APP_URL} />}
    </main>
  );
}

/** Shown by the local profile alone: how to make a first call with the demo workspace's key. */
function LocalHint({ url }: { url: string }) {
  const command = `curl -H "Authorization: Bearer $(jq -r .apiKey .local/demo.json)" ${url}/api/connectors`;
  return (
    <>
      <h2>On this machine</h2>
      <p>
        A demo workspace is ready. Its sign-in and its API key are in <code>.local/demo.json</code>.
      </p>
      <pre>
        <code>{command}</code>
      </pre>
    </>
  );
}
