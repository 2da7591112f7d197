/** A failure the person at the keyboard can mend: shown as its one sentence, without a stack. */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}
