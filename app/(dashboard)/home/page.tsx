import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { exportsOverview } from '#lib/exports/overview.ts';
import { listJobs } from '#lib/jobs/jobs.ts';
import { listSources } from '#lib/sources/sources.ts';
import { FirstSteps } from './_components/first-steps.tsx';
import { standingOf } from './_components/standing.ts';
import { Today } from './_components/today.tsx';
import { ViewerHome } from './_components/viewer-home.tsx';

export const metadata: Metadata = { title: 'Home' };

const SHOWN_JOBS = 5;
const MOST = 100;

export default async function HomePage() {
  const session = await pageSession();
  const [sources, exports, jobs] = await Promise.all([
    listSources(session, { limit: MOST }),
    exportsOverview(session, { limit: MOST }),
    listJobs(session, { limit: SHOWN_JOBS }),
  ]);
  const standing = standingOf(sources.items, exports.items);
  return (
    <>
      <PageHeader title={session.workspace.name} description="Bring data in, look at it, ship it on." />
      {session.role === 'viewer' ? (
        <ViewerHome session={session} files={standing.files} />
      ) : standing.hasFile ? (
        <Today sources={sources.items} jobs={jobs.items} files={standing.files} />
      ) : (
        <FirstSteps workspaceId={session.workspaceId} {...standing.steps} />
      )}
    </>
  );
}
