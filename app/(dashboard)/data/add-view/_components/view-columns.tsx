import { Checkbox, type ComboboxItem, Select, Stack, Text, Title } from '@mantine/core';
import { ColumnChoice, ColumnChoices } from '#app/_ui/column-choice.tsx';
import { typeLabels } from '#app/(dashboard)/sources/_mapping/type-labels.ts';
import { currencyColumns, type ViewColumn } from './view-draft.ts';

interface ViewColumnsProps {
  readonly columns: readonly ViewColumn[];
  /** By the name of a column. */
  readonly problems: Readonly<Record<string, string>>;
  onChange(columns: readonly ViewColumn[]): void;
}

/** The columns of a view: each can be left out, labelled, and marked as telling of a person. */
export function ViewColumns({ columns, problems, onChange }: ViewColumnsProps) {
  const currencies = currencyColumns(columns).map(({ name, label }) => ({
    value: name,
    label: label || name,
  }));
  return (
    <section aria-labelledby="columns">
      <Title order={2} size="h5" id="columns" mb={4}>
        Columns
      </Title>
      <Text size="sm" c="dimmed">
        Exports mask what is personal, unless their owner says otherwise. Amounts of several currencies are
        never added up: choose the column that names theirs.
      </Text>
      <ColumnChoices>
        {columns.map((column, place) => (
          <ColumnRow
            key={column.name}
            column={column}
            currencies={currencies}
            problem={problems[column.name]}
            onChange={(part) => onChange(columns.with(place, { ...column, ...part }))}
          />
        ))}
      </ColumnChoices>
    </section>
  );
}

interface ColumnRowProps {
  readonly column: ViewColumn;
  /** The columns that may name a currency. */
  readonly currencies: readonly ComboboxItem[];
  readonly problem: string | undefined;
  onChange(part: Partial<ViewColumn>): void;
}

function ColumnRow({ column, currencies, problem, onChange }: ColumnRowProps) {
  const { name, type, label, included, personal, currency } = column;
  const about = `${name} · ${typeLabels[type]}`;
  return (
    <ColumnChoice
      labelled="Label"
      name={name}
      label={label}
      included={included}
      problem={problem}
      about={about}
      onChange={onChange}
    >
      <Stack gap="xs">
        <Checkbox
          mt={8}
          label="Personal"
          aria-label={`${name} is personal`}
          checked={personal}
          onChange={(event) => onChange({ personal: event.currentTarget.checked })}
          disabled={!included}
        />
        {type === 'decimal' && currencies.length > 0 && (
          <Select
            aria-label={`Column with the currency of ${name}`}
            placeholder="Of one currency"
            data={currencies}
            value={currencies.some(({ value }) => value === currency) ? currency : null}
            onChange={(next) => onChange({ currency: next })}
            disabled={!included}
            clearable
            searchable
          />
        )}
      </Stack>
    </ColumnChoice>
  );
}
