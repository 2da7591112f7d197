'use client';

import { Group, Input, Radio, RadioGroup, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FileDrop } from './file-drop.tsx';
import { labelOf, type Problems, type Schema, type Values, withValue } from './schema.ts';

interface FileLocationProps {
  readonly schema: Schema;
  readonly values: Values;
  onChange(values: Values): void;
  readonly problems: Problems;
  readonly path: string;
}

/** Where a file is: dropped here, or at an address. Of the two, one is kept. */
export function FileLocation({ schema, values, onChange, problems, path }: FileLocationProps) {
  const { url, upload } = values;
  const [place, setPlace] = useState(url === undefined ? 'upload' : 'url');
  const [parked, setParked] = useState<unknown>();
  const problem = problems[`${path}.url`] ?? problems[`${path}.upload`];
  const choose = (next: string) => {
    setPlace(next);
    setParked(values[place]);
    onChange(withValue(withValue(values, place, undefined), next, parked));
  };
  const address = schema.properties?.url ?? {};
  return (
    <Stack gap="sm">
      <RadioGroup label="Where is the file?" value={place} onChange={choose}>
        <Group mt="xs">
          <Radio value="upload" label="On this computer" />
          <Radio value="url" label="On the web" />
        </Group>
      </RadioGroup>
      {place === 'url' ? (
        <TextInput
          label={labelOf(address, 'url')}
          description={address.description}
          type="url"
          withAsterisk
          maw={640}
          placeholder="https://example.com/products.csv"
          value={typeof url === 'string' ? url : ''}
          onChange={(event) => onChange(withValue(values, 'url', event.currentTarget.value.trim()))}
          error={problem}
        />
      ) : (
        <div>
          <FileDrop
            upload={typeof upload === 'string' ? upload : null}
            onUploaded={(id) => onChange(withValue(values, 'upload', id))}
          />
          {problem && <Input.Error mt="xs">{problem}</Input.Error>}
        </div>
      )}
    </Stack>
  );
}
