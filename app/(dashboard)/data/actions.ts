'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '#lib/api/action.ts';
import { createDataset } from '#lib/datasets/datasets.ts';
import { relationsSchema } from '#lib/datasets/relation-schema.ts';
import { viewSchema } from '#lib/datasets/schema.ts';
import { unregisterView } from '#lib/datasets/unregister.ts';
import { changeDataset } from '#lib/exports/change-dataset.ts';

/** Registers a view, and goes on to its rows. */
export const addView = action(viewSchema, async (session, view) => {
  const { name } = await createDataset(session, view);
  redirect(`/data/${name}`);
});

/** Goes on to the list. */
export const removeView = action(z.strictObject({ name: z.string() }), async (session, { name }) => {
  await unregisterView(session, name);
  redirect('/data');
});

/** Declares the relations of a dataset, all of them, unless it has changed since it was read. */
export const setRelations = action(
  z.strictObject({ name: z.string(), ifMatch: z.string(), relations: relationsSchema }),
  (session, { name, ifMatch, relations }) => changeDataset(session, name, { relations }, ifMatch),
);
