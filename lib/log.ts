import { AsyncLocalStorage } from 'node:async_hooks';
import { type Logger, pino } from 'pino';
import { env } from '#lib/env.ts';

/** What every line written while it is active carries. */
export interface LogContext {
  readonly requestId?: string;
  readonly jobId?: string;
  readonly workspaceId?: string;
}

const contexts = new AsyncLocalStorage<LogContext>();
let logger: Logger | undefined;

/** Structured lines on standard output, with the active request's and job's ids and no header, body or credential. */
export function log(): Logger {
  logger ??= pino({
    level: env().LOG_LEVEL,
    base: {},
    mixin: () => ({ ...contexts.getStore() }),
    redact: {
      paths: [
        'authorization',
        '*.authorization',
        'credentials',
        '*.credentials',
        'headers',
        '*.headers',
        'password',
        '*.password',
      ],
    },
    serializers: { error: describeError },
  });
  return logger;
}

/** Runs `work` with `context` on every line that it logs, whatever it awaits. */
export function withLogContext<T>(context: LogContext, work: () => Promise<T>): Promise<T> {
  return contexts.run({ ...contexts.getStore(), ...context }, work);
}

/** An error and its causes by name, code, message and stack; an error's other fields may hold a request. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    name: error.name,
    code,
    message: error.message,
    stack: error.stack,
    cause: error.cause && describeError(error.cause),
  };
}
