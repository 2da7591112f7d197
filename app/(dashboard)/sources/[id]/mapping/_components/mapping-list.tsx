import {
  Code,
  Stack,
  Table,
  TableTbody,
  TableTd,
  TableTh,
  TableThead,
  TableTr,
  Text,
  Title,
} from '@mantine/core';
import { draftsOf } from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import { entryOf } from '#app/(dashboard)/sources/_mapping/transform-draft.ts';
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
      {Object.entries(streams).map(([name, { dataset, fields, also = [] }]) => (
        <Stack key={name}>
          <FieldTable {...{ dataset, fields, datasets }} />
          {also.map((list) => (
            <FieldTable key={list.dataset} {...list} datasets={datasets} />
          ))}
        </Stack>
      ))}
    </Stack>
  );
}

interface FieldTableProps extends Pick<MappingListProps, 'datasets'> {
  readonly dataset: string;
  readonly fields: SourceView['streams'][string]['fields'];
  /** The list whose items fill it; absent where the rows do. */
  readonly each?: string;
}

function FieldTable({ dataset, fields, each, datasets }: FieldTableProps) {
  const target = datasets.find((one) => one.name === dataset);
  const labels = new Map(target?.columns.map((column) => [column.name, column.label ?? column.name]));
  return (
    <section>
      <Title order={2} size="h4">
        {target?.label ?? dataset}
        {each !== undefined && `, from ${each}`}
      </Title>
      <Table>
        <TableThead>
          <TableTr>
            <TableTh>Column</TableTh>
            <TableTh>Comes from</TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {Object.entries(draftsOf(fields)).map(([column, { from, expression, transforms }]) => (
            <TableTr key={column}>
              <TableTd>{labels.get(column) ?? column}</TableTd>
              <TableTd style={{ overflowWrap: 'anywhere' }}>
                {expression === undefined ? from : <Code>{expression}</Code>}
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
}
