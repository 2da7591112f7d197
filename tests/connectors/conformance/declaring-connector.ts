import { defineConnector } from '#connectors/contract.ts';
import { jsonConnector } from '#connectors/json/connector.ts';
import { connectors } from '#connectors/registry.ts';

const { definition, streams } = jsonConnector;

/** The JSON connector as one that knows its vendor: its stream states its columns and their key. */
connectors.set('things', async () =>
  defineConnector({
    ...jsonConnector,
    definition: {
      ...definition,
      id: 'things',
      streams: definition.streams.map((stream) => ({
        ...stream,
        columns: [
          { name: 'id', type: 'integer' },
          { name: 'name', type: 'text' },
          { name: 'created_at', type: 'timestamp' },
          { name: 'updated_at', type: 'timestamp' },
          { name: 'version', type: 'integer' },
        ],
        key: ['id'],
      })),
    },
    streams,
  }),
);
