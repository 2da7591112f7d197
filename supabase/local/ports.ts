import { createServer } from 'node:net';
import { LocalProblem } from './problem.ts';

/** Where the parts of the stack listen on 127.0.0.1. */
export interface LocalPorts {
  readonly web: number;
  /** The second process of the application, where jobs run. */
  readonly jobs: number;
  readonly postgres: number;
  readonly supabase: number;
  readonly queue: number;
  readonly mail: number;
}

/** The wanted port for the web server, or a problem that says what to do; for the rest whatever is free. */
export async function choosePorts(wanted: string): Promise<LocalPorts> {
  const web = Number(wanted);
  if (!Number.isInteger(web) || web < 1 || web > 65_535) {
    throw new LocalProblem(`PORT must be a whole number from 1 to 65535, not "${wanted}".`);
  }
  if (!(await isPortFree(web))) {
    throw new LocalProblem(
      `Port ${web} is taken by another program: stop that one, or choose another port: PORT=${web + 1} npm start`,
    );
  }
  return {
    web,
    jobs: await freePort(54_326),
    postgres: await freePort(54_322),
    supabase: await freePort(54_321),
    queue: await freePort(54_320),
    mail: await freePort(54_325),
  };
}

/** Whether nothing listens on this port of 127.0.0.1. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** The preferred port of 127.0.0.1 where it is free, else one that the system picks. */
export async function freePort(preferred = 0): Promise<number> {
  if (preferred !== 0 && (await isPortFree(preferred))) return preferred;
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
