'use client';

import { Box, Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Text } from '@mantine/core';
import classes from './mapping-editor.module.css';

interface ValueTableProps {
  readonly label: string;
  readonly columns: readonly { readonly name: string; readonly title: string; readonly note?: string }[];
  readonly rows: readonly { readonly id: number; readonly values: readonly (string | null)[] }[];
}

/** Rows as they are, each cell in one line; a missing value is not an empty one. */
export function ValueTable({ label, columns, rows }: ValueTableProps) {
  return (
    <Box component="section" className={classes.scroll} aria-label={label} tabIndex={0}>
      <Table withRowBorders verticalSpacing={6} fz="sm">
        <TableThead>
          <TableTr>
            {columns.map(({ name, title, note }) => (
              <TableTh key={name}>
                <div className={classes.cell}>{title}</div>
                {note && (
                  <Text size="xs" c="dimmed" fw={400}>
                    {note}
                  </Text>
                )}
              </TableTh>
            ))}
          </TableTr>
        </TableThead>
        <TableTbody>
          {rows.map(({ id, values }) => (
            <TableTr key={id}>
              {columns.map(({ name }, place) => (
                <TableTd key={name}>
                  <Value value={values[place] ?? null} />
                </TableTd>
              ))}
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </Box>
  );
}

function Value({ value }: { value: string | null }) {
  if (value === null) {
    return (
      <Text span size="sm" c="dimmed" fs="italic">
        none
      </Text>
    );
  }
  return (
    <div className={classes.cell} title={value}>
      {value}
    </div>
  );
}
