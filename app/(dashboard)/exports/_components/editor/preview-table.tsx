'use client';

import { Box, Table, Text } from '@mantine/core';
import { type ColumnType, isNumeric } from '#lib/core/columns.ts';
import type { Preview } from '#lib/exports/preview.ts';
import classes from './editor.module.css';

/** The first rows under the names that the file gives its columns. */
export function PreviewTable({ preview }: { preview: Preview }) {
  const rows = preview.rows as readonly Readonly<Record<string, unknown>>[];
  return (
    <Box component="section" className={classes.table ?? ''} tabIndex={0} aria-label="The first rows">
      <Table stickyHeader horizontalSpacing="xs" fz="xs">
        <Table.Thead>
          <Table.Tr>
            {preview.columns.map(({ header, type }) => (
              <Table.Th key={header} ta={sideOf(type)}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, place) => (
            <Table.Tr key={rowKey(row, place)}>
              {preview.columns.map(({ header, type }) => (
                <Table.Td key={header} ta={sideOf(type)}>
                  <Cell value={row[header]} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

/** Numbers stand at the right, as in any table of them. */
function sideOf(type: ColumnType) {
  return isNumeric(type) ? 'right' : 'left';
}

/** The rows of a preview come and go together: their place is all that tells equal ones apart. */
function rowKey(row: unknown, place: number): string {
  return `${place} ${JSON.stringify(row)}`;
}

function Cell({ value }: { value: unknown }) {
  if (value === null || value === undefined) {
    return (
      <Text span inherit c="dimmed" fs="italic">
        empty
      </Text>
    );
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
