import { Checkbox, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './column-choice.module.css';

interface Chosen {
  readonly label: string;
  readonly included: boolean;
}

interface ColumnChoiceProps extends Chosen {
  /** What its source calls the column. */
  readonly name: string;
  /** What the label is to the user: "Label" or "Name". */
  readonly labelled: string;
  readonly problem?: string | undefined;
  /** Stands below the label. */
  readonly about: string;
  /** Stands beside it. */
  readonly children: ReactNode;
  onChange(part: Partial<Chosen>): void;
}

/** Columns to choose from, one under the other. */
export function ColumnChoices({ children }: { readonly children: ReactNode }) {
  return <ul className={classes.list}>{children}</ul>;
}

/** A column that can be left out, or called otherwise. */
export function ColumnChoice(props: ColumnChoiceProps) {
  const { name, label, labelled, included, problem, about, children, onChange } = props;
  return (
    <li className={classes.row}>
      <Checkbox
        mt={8}
        checked={included}
        onChange={(event) => onChange({ included: event.currentTarget.checked })}
        aria-label={`Include ${name}`}
      />
      <div>
        <TextInput
          aria-label={`${labelled} of ${name}`}
          value={label}
          onChange={(event) => onChange({ label: event.currentTarget.value })}
          maxLength={200}
          disabled={!included}
          error={problem}
        />
        <Text size="xs" c="dimmed" mt={2} style={{ overflowWrap: 'anywhere' }}>
          {about}
        </Text>
      </div>
      {children}
    </li>
  );
}
