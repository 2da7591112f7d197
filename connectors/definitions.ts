import type { ConnectorDefinition } from './contract.ts';
import { csvDefinition } from './csv/definition.ts';
import { excelDefinition } from './excel/definition.ts';
import { jsonDefinition } from './json/definition.ts';

/** Every connector as data, in the order in which a person sees them; safe for the browser. */
export const connectorDefinitions: readonly ConnectorDefinition[] = [
  csvDefinition,
  excelDefinition,
  jsonDefinition,
];
