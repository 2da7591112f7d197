'use client';

import { Code, Group, Input, Select, Stack } from '@mantine/core';
import { useRef } from 'react';
import { ExpressionInput } from '#app/_ui/expression-input.tsx';
import { groupedChoices } from './column-groups.ts';
import { ExpressionRules } from './expression-rules.tsx';
import type { QueryProps } from './step-props.ts';

/** A condition in words of its own, for what the filter cannot say. */
export function ExpressionField({ draft, change, groups, errors, guide }: QueryProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const { expression = '' } = draft;
  const problem = errors.expression;
  const set = (text: string) => change({ expression: text === '' ? undefined : text });
  const insert = (name: string) => {
    const { selectionStart = expression.length, selectionEnd = expression.length } = area.current ?? {};
    set(`${expression.slice(0, selectionStart)}${written(name)}${expression.slice(selectionEnd)}`);
    area.current?.focus();
  };
  return (
    <Stack gap="xs">
      <ExpressionInput
        ref={area}
        label="And where this is true"
        description={
          'An expression over the columns, such as total > 50 && status in ["new", "updated"], size(name) > 3 or date(created_at) >= date("2026-01-31"). Leave empty for none.'
        }
        maxLength={guide.longest}
        value={expression}
        error={problem && problem.length > 0}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
      {problem && <Problem expression={expression} problem={problem} />}
      <Group>
        <Select
          aria-label="Insert a column"
          placeholder="Insert a column"
          size="xs"
          searchable
          data={groupedChoices(groups)}
          value={null}
          nothingFoundMessage="No such column"
          onChange={(name) => name && insert(name)}
        />
      </Group>
      <ExpressionRules rules={guide.rules} />
    </Stack>
  );
}

const AROUND = 30;

/** What is wrong, below the place where it is. */
function Problem({ expression, problem }: { readonly expression: string; readonly problem: string }) {
  const place = Number(/character (\d+)/.exec(problem)?.[1] ?? 0) - 1;
  const start = Math.max(0, place - AROUND);
  const line = expression.slice(start, place + AROUND).replace(/\s/g, ' ');
  return (
    <>
      <Input.Error role="alert">{problem}</Input.Error>
      {place >= 0 && (
        <Code block aria-hidden>
          {`${line}\n${' '.repeat(place - start)}^`}
        </Code>
      )}
    </>
  );
}

/** A column as an expression names it. */
function written(name: string): string {
  const isName = name.split('.').every((part) => /^[A-Za-z_]\w*$/.test(part));
  return isName ? name : `row[${JSON.stringify(name)}]`;
}
