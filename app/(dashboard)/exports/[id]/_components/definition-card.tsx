import { Paper, SimpleGrid, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Count } from '#app/_ui/format.tsx';
import type { DatasetChoice } from '#app/(dashboard)/exports/_components/editor/draft.ts';
import { durationWords } from '#app/(dashboard)/exports/_components/link-hours.ts';
import {
  columnWords,
  formatWords,
  optionWords,
  sortWords,
} from '#app/(dashboard)/exports/_components/words.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { FilterWords } from './filter-words.tsx';
import { furtherFacts, runWords } from './further-facts.ts';

interface DefinitionCardProps {
  readonly view: ExportView;
  /** Undefined where it is gone. */
  readonly dataset: DatasetChoice | undefined;
}

/** What the export gives, in words. */
export function DefinitionCard({ view, dataset }: DefinitionCardProps) {
  const columns = dataset?.columns ?? [];
  const options = optionWords(view.format, formatCatalog());
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="definition">
      <Title order={2} size="h4" mb="md" id="definition">
        What it gives
      </Title>
      <SimpleGrid component="dl" cols={{ base: 1, sm: 2 }} m={0}>
        <Fact term="Data">{dataset?.label ?? `${view.dataset}, which is gone`}</Fact>
        <Fact term="Rows">
          <FilterWords filter={view.filter} columns={columns} />
          {view.limit !== undefined && (
            <>
              , at most <Count value={view.limit} />
            </>
          )}
        </Fact>
        <Fact term="Columns">{columnWords(view.columns, columns)}</Fact>
        <Fact term="Order">{sortWords(view.sort, columns)}</Fact>
        <Fact term="Each run">{runWords(view)}</Fact>
        {furtherFacts(view, columns).map(([term, words]) => (
          <Fact key={term} term={term}>
            {words}
          </Fact>
        ))}
        {view.having && (
          <Fact term="Groups kept">
            <FilterWords filter={view.having} columns={[]} />
          </Fact>
        )}
        <Fact term="File">{[formatWords(view), ...options].join(' · ')}</Fact>
        <Fact term="Delivery">
          Download, by a link that works for {durationWords(view.destination.expiresInHours)}
        </Fact>
      </SimpleGrid>
    </Paper>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {term}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}
