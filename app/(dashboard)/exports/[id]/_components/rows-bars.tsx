'use client';

import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useFormat } from '#app/_ui/format.tsx';
import type { RunRows } from '#lib/exports/overview.ts';

/** A bar for each run, as high as it has rows; what it shows is told in words beside it. */
export function RowsBars({ runs }: { runs: readonly RunRows[] }) {
  const format = useFormat();
  const data = runs.map(({ completedAt, rows }) => ({ at: format.dateTime(completedAt), Rows: rows }));
  return (
    <BarChart
      h={240}
      data={data}
      dataKey="at"
      series={[{ name: 'Rows', color: 'indigo.5' }]}
      xAxisLabel="Run"
      yAxisLabel="Rows"
      valueFormatter={(value) => format.number(value)}
      barChartProps={{ accessibilityLayer: false }}
      barProps={{ isAnimationActive: false, maxBarSize: 48 }}
      yAxisProps={{ width: 80, allowDecimals: false }}
      aria-hidden
    />
  );
}
