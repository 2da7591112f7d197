import { Stack, Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Text, Title } from '@mantine/core';
import { draftsOf, entryOf } from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import type { DatasetView } from '#lib/datasets/view.ts';
import type { SourceView } from '#lib/sources/view.ts';

interface MappingListProps {
  readonly streams: SourceView['streams'];
  readonly datasets: readonly Pick<DatasetView, 'name' | 'label' | 'columns'>[];
}

/** A mapping to be read, for those who may not change it. */
export function MappingList({ streams, datasets }: MappingListProps) {
  return (
    <Stack>
      {Object.entries(streams).map(([name, { dataset, fields }]) => {
        const target = datasets.find((one) => one.name === dataset);
        const labels = new Map(target?.columns.map((column) => [column.name, column.label ?? column.name]));
        return (
          <section key={name}>
            <Title order={2} size="h4">
              {target?.label ?? dataset}
            </Title>
            <Table>
              <TableThead>
                <TableTr>
                  <TableTh>Column</TableTh>
                  <TableTh>Comes from</TableTh>
                </TableTr>
              </TableThead>
              <TableTbody>
                {Object.entries(draftsOf(fields)).map(([column, { from, transforms }]) => (
                  <TableTr key={column}>
                    <TableTd>{labels.get(column) ?? column}</TableTd>
                    <TableTd>
                      {from}
                      <Text size="sm" c="dimmed">
                        {transforms.map((transform) => entryOf(transform.name).label).join(' → ')}
                      </Text>
                    </TableTd>
                  </TableTr>
                ))}
              </TableTbody>
            </Table>
          </section>
        );
      })}
    </Stack>
  );
}
