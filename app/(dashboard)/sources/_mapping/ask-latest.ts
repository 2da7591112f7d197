/** How questions are asked of somebody who takes a while, and what becomes of the answers. */
interface Asking<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  onAnswer(answer: Answer, question: Question): void;
  onFailure(error: unknown, question: Question): void;
  /** Whether a failure may pass by itself. */
  mayPass(error: unknown): boolean;
  pause(ms: number): Promise<void>;
}

interface Asker<Question> {
  /** Asks, once the question before has been answered; only the latest of those that wait is asked at all. */
  ask(question: Question): void;
  /** Nothing is heard any more. */
  stop(): void;
}

/** So long it waits before it asks again what failed for a time. */
const PAUSES_MS = [1_000, 3_000, 10_000];

/**
 * Asks one question at a time, to its end, and hears the answer only where no later question waits. A failure that
 * may pass is told, and the question asked again after a while, unless another comes first.
 */
export function askLatest<Question, Answer>(asking: Asking<Question, Answer>): Asker<Question> {
  let waiting: { readonly question: Question } | undefined;
  let isAsking = false;
  let isStopped = false;
  let wake = () => {};
  const isHeard = () => !isStopped && waiting === undefined;
  /** Whether the question is settled: answered, failed for good, or followed by another. */
  const settles = async (question: Question): Promise<boolean> => {
    try {
      const answer = await asking.ask(question);
      if (isHeard()) asking.onAnswer(answer, question);
      return true;
    } catch (error) {
      if (!isHeard()) return true;
      asking.onFailure(error, question);
      return !asking.mayPass(error);
    }
  };
  const settle = async (question: Question) => {
    for (const pause of PAUSES_MS) {
      if (await settles(question)) return;
      const next = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([asking.pause(pause), next]);
      if (!isHeard()) return;
    }
    await settles(question);
  };
  const work = async () => {
    isAsking = true;
    while (waiting && !isStopped) {
      const { question } = waiting;
      waiting = undefined;
      await settle(question);
    }
    isAsking = false;
  };
  return {
    ask(question) {
      waiting = { question };
      wake();
      if (!isAsking) void work();
    },
    stop() {
      isStopped = true;
      wake();
    },
  };
}
