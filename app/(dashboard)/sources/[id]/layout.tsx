import { Stack } from '@mantine/core';
import { SectionNav } from '#app/_ui/section-nav.tsx';
import { readSource } from './_components/read-source.ts';
import { SourceHead } from './_components/source-head.tsx';

export default async function SourceLayout({ children, params }: LayoutProps<'/sources/[id]'>) {
  const { id } = await params;
  const { session, source, mayEdit } = await readSource(id);
  const places = [
    [`/sources/${id}`, 'Runs'],
    [`/sources/${id}/rejects`, 'Rejects'],
    [`/sources/${id}/deletions`, 'Deletes'],
    [`/sources/${id}/conflicts`, 'Conflicts'],
    [`/sources/${id}/mapping`, 'Mapping'],
    [`/sources/${id}/settings`, 'Settings'],
  ] as const;
  return (
    <>
      <Stack gap="md" mb="xl">
        <SourceHead session={session} source={source} mayEdit={mayEdit} />
      </Stack>
      <SectionNav label="Source" places={places} />
      {children}
    </>
  );
}
