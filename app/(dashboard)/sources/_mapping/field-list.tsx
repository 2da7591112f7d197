'use client';

import { FieldRow } from './field-row.tsx';
import type { FieldDraft, FieldDrafts, Target } from './mapping-draft.ts';
import classes from './mapping-editor.module.css';
import type { SourceChoices } from './source-choices.ts';

interface FieldListProps {
  readonly target: Target;
  readonly drafts: FieldDrafts;
  readonly choices: SourceChoices;
  /** By column. */
  readonly problems: Readonly<Record<string, string>>;
  onChange(drafts: FieldDrafts): void;
}

/** The columns of a dataset, each with what fills it. */
export function FieldList({ target, drafts, choices, problems, onChange }: FieldListProps) {
  const change = (name: string, draft: FieldDraft | undefined) => {
    const { [name]: _before, ...others } = drafts;
    onChange(draft ? { ...others, [name]: draft } : others);
  };
  return (
    <ul className={classes.list}>
      {target.columns.map((column) => (
        <FieldRow
          key={column.name}
          column={column}
          isKey={target.key.includes(column.name)}
          draft={drafts[column.name]}
          choices={choices}
          problem={problems[column.name]}
          onChange={(draft) => change(column.name, draft)}
        />
      ))}
    </ul>
  );
}
