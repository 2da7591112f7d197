import type { Metadata } from 'next';
import { hindranceOf } from '#app/(dashboard)/sources/_components/hindrance.ts';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { listConnectors } from '#lib/sources/connectors.ts';
import { countParked } from '#lib/sources/replay-preview.ts';
import { ChangeMapping } from './_components/change-mapping.tsx';
import { MappingList } from './_components/mapping-list.tsx';

export const metadata: Metadata = { title: 'Mapping of the source' };

/** What a link to here says in `rows`, to have the mapping tried on those that were set aside. */
const PARKED = 'set-aside';

export default async function SourceMappingPage({
  params,
  searchParams,
}: PageProps<'/sources/[id]/mapping'>) {
  const [{ id }, asked] = await Promise.all([params, searchParams]);
  const { session, source, mayEdit } = await readSource(id);
  const { items } = await listDatasets(session);
  const datasets = items.map(({ name, label, columns, key }) => ({ name, label, columns, key }));
  if (!mayEdit) return <MappingList streams={source.streams} datasets={datasets} />;
  const connector = listConnectors().find((one) => one.id === source.sourceType);
  const names = connector?.streams.map(({ name }) => name) ?? Object.keys(source.streams);
  return (
    <ChangeMapping
      version={source.mappingVersion}
      mapping={{
        sourceId: id,
        connector: source.sourceType,
        names,
        streams: source.streams,
        datasets,
        parked: await countParked(session, id),
        isParkedFirst: asked.rows === PARKED,
      }}
      sync={{ name: source.displayName, jobId: source.syncJobId, hindrance: hindranceOf(source) }}
    />
  );
}
