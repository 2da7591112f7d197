import {
  Table,
  TableScrollContainer,
  TableTbody,
  TableTh,
  TableThead,
  TableTr,
  VisuallyHidden,
} from '@mantine/core';
import type { DatasetChoice } from '#app/(dashboard)/exports/_components/editor/draft.ts';
import { formatWords, modeWords } from '#app/(dashboard)/exports/_components/words.ts';
import type { ExportSummary } from '#lib/exports/overview.ts';
import { ExportRow } from './export-row.tsx';

interface ExportTableProps {
  readonly exports: readonly ExportSummary[];
  readonly datasets: readonly DatasetChoice[];
  readonly mayRun: boolean;
}

/** The exports of the workspace, each with its latest run. */
export function ExportTable({ exports, datasets, mayRun }: ExportTableProps) {
  const labels = new Map(datasets.map(({ name, label }) => [name, label]));
  return (
    <TableScrollContainer
      minWidth={860}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': 'Exports' } }}
    >
      <Table verticalSpacing="sm">
        <TableThead>
          <TableTr>
            <TableTh>Name</TableTh>
            <TableTh>Data</TableTh>
            <TableTh>Format</TableTh>
            <TableTh>Gives</TableTh>
            <TableTh>Last run</TableTh>
            <TableTh>
              <VisuallyHidden>Actions</VisuallyHidden>
            </TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {exports.map((each) => (
            <ExportRow
              key={each.id}
              mayRun={mayRun}
              item={{
                id: each.id,
                name: each.name,
                dataset: labels.get(each.dataset) ?? each.dataset,
                format: formatWords(each),
                mode: modeWords[each.mode],
                lastRun: each.lastRun,
              }}
            />
          ))}
        </TableTbody>
      </Table>
    </TableScrollContainer>
  );
}
