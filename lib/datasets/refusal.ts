/** Why a value is not taken. Given instead of thrown: a file may hold a hundred thousand of them. */
export class Refusal {
  /** Goes on from the value: `is not a number`. */
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
