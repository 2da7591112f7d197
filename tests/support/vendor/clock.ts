/** A clock that stands still until a test moves it. */
export interface Clock {
  now(): Date;
  advance(ms: number): void;
  set(time: string): void;
}

export function clockAt(time: string): Clock {
  let ms = Date.parse(time);
  return {
    now: () => new Date(ms),
    advance: (by) => {
      ms += by;
    },
    set: (next) => {
      ms = Date.parse(next);
    },
  };
}
