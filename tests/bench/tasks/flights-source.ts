import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { columns, flights } from '#tests/bench/data.ts';

/** A vendor's CSV file at an address on loopback. */
interface FlightsSource {
  readonly url: string;
  /** How often it was asked for anything. */
  calls(): number;
  close(): void;
}

/** Writes so many flights to `path` and serves them. */
export async function serveFlights(path: string, rows: number): Promise<FlightsSource> {
  await pipeline(csvLines(rows), createWriteStream(path));
  let calls = 0;
  const server = createServer((_, response) => {
    calls += 1;
    response.setHeader('content-type', 'text/csv');
    createReadStream(path).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/flights.csv`,
    calls: () => calls,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function* csvLines(rows: number): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => name).join(',')}\n`;
  for await (const flight of flights(rows)) {
    const cells = flight.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`));
    yield `${cells.join(',')}\n`;
  }
}
