import { Paper, Stack, Text, Title } from '@mantine/core';
import { Copyable } from '#app/_ui/copyable.tsx';

const example = `create view public.open_orders with (security_invoker = true) as
  select workspace_id, order_number, vendor_id, total
  from public.purchase_orders
  where status = 'open';

grant select on public.open_orders to entrepot_member;`;

/** Stands where the database has no view that can be a dataset. */
export function HowToMakeOne() {
  return (
    <Paper withBorder p="xl">
      <Stack gap="sm">
        <Title order={2} size="h4">
          No view is ready to be added
        </Title>
        <Text c="dimmed">
          Make one in your database, in the SQL editor of Supabase for instance: with security_invoker, so
          that everybody sees only what they may, a column workspace_id that says whose each row is, and a
          grant to entrepot_member. Then come back here.
        </Text>
        <Copyable label="An example" text={example} />
      </Stack>
    </Paper>
  );
}
