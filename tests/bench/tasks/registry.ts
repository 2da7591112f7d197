import type { Ground } from '#tests/bench/ground.ts';

/** What a process has measured: times in seconds, everything else as its name says. */
export type Measured = Readonly<Record<string, number>>;

const tasks = {
  copyOut: async () => (await import('./copy-out.ts')).copyOut,
  export: async () => (await import('./export.ts')).exportFile,
  exceljs: async () => (await import('./exceljs.ts')).exceljs,
  duckdb: async () => (await import('./duckdb.ts')).duckdb,
  pdfkit: async () => (await import('./pdfkit.ts')).pdfkit,
  gzip: async () => (await import('./gzip.ts')).gzip,
  sync: async () => (await import('./sync.ts')).sync,
  copyIn: async () => (await import('./copy-in.ts')).copyIn,
  pages: async () => (await import('./pages.ts')).pages,
  apiCalls: async () => (await import('./api-calls.ts')).apiCalls,
  wastedCalls: async () => (await import('./wasted-calls.ts')).wastedCalls,
  kill: async () => (await import('./kill.ts')).kill,
  crowd: async () => (await import('./crowd.ts')).crowd,
  cancel: async () => (await import('./cancel.ts')).cancel,
  restPages: async () => (await import('./rest-pages.ts')).restPages,
  exceljsInMemory: async () => (await import('./exceljs.ts')).exceljsInMemory,
  upserts: async () => (await import('./upserts.ts')).upserts,
};

type Tasks = typeof tasks;

/** What one process is to do; plain data, so that it can be sent there. */
export type Task = { [Name in keyof Tasks]: Ordered<Name> }[keyof Tasks];

type Ordered<Name extends keyof Tasks> =
  Parameters<Awaited<ReturnType<Tasks[Name]>>> extends [Ground, infer Options]
    ? { readonly task: Name; readonly options: Options }
    : { readonly task: Name };

/** Does the task in this process, which loads nothing that another task needs. */
export async function runTask(ground: Ground, { task, ...rest }: Task): Promise<Measured> {
  const run = (await tasks[task]()) as (ground: Ground, options?: unknown) => Promise<Measured>;
  return run(ground, 'options' in rest ? rest.options : undefined);
}
