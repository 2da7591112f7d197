/** What goes wrong, changeable at any moment. Rates lie between 0 (never) and 1 (always). */
export type Faults = {
  /** `unavailable`: every call to the API is answered 503. `refusing`: its connection is closed unanswered. */
  api: 'up' | 'unavailable' | 'refusing';
  /** Messages are accepted and kept, and go out once this is false again. */
  holdDeliveries: boolean;
  /** Every attempt starts this much late. */
  slowByMs: number;
  /** Rate of attempts that go out twice at the same time. */
  duplicateAtOnce: number;
  /** Rate of attempts that go out once more after the target has answered. */
  duplicateAfterAnswer: number;
  /** Rate of attempts whose connection is lost before the target sees them; they count as failed. */
  dropBeforeTarget: number;
  /** Rate of attempts whose answer is lost: the target did the work, and gets a retry all the same. */
  loseAnswer: number;
  /** The key deliveries are signed with; `next` is what receivers see while keys are being rotated. */
  signWith: 'current' | 'next';
};

/** A queue on a good day. */
export function noFaults(): Faults {
  return {
    api: 'up',
    holdDeliveries: false,
    slowByMs: 0,
    duplicateAtOnce: 0,
    duplicateAfterAnswer: 0,
    dropBeforeTarget: 0,
    loseAnswer: 0,
    signWith: 'current',
  };
}
