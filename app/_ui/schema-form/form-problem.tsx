import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { ActionError } from '#lib/api/action.ts';

/** An error of a form whose fields show what is wrong with each of them. */
export function FormProblem({ error }: { error: ActionError | null }) {
  if (!error) return null;
  const message = error.fields ? 'Something above needs to be corrected.' : error.message;
  return <ProblemAlert error={{ code: error.code, message }} />;
}
