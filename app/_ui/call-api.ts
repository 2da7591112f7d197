import type { ActionError } from '#lib/api/action.ts';
import { parseJson } from './parse-json.ts';

/** An error that our own API has answered. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: ActionError;

  constructor(problem: ActionError) {
    super(problem.message);
    this.problem = problem;
  }
}

interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Numbers that JavaScript would round come as `JSON.rawJSON`, where the browser knows that. */
  readonly exact?: boolean;
}

/** Calls our API from the browser, with the session in its cookies; throws `ApiProblem`. */
export async function callApi<Answer>(
  path: string,
  { method, body, signal, exact = false }: CallOptions = {},
): Promise<Answer> {
  const response = await fetch(path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(signal && { signal }),
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const parse = exact ? parseJson : JSON.parse;
  const answer: unknown = response.status === 204 ? undefined : parse(await response.text());
  if (!response.ok) throw new ApiProblem((answer as { error: ActionError }).error);
  return answer as Answer;
}
