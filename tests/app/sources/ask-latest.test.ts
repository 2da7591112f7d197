import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askLatest } from '#app/(dashboard)/sources/_mapping/ask-latest.ts';

/** Somebody who is asked, and answers when the test says so. */
function newAsking() {
  const asked: { question: string; answer: (text: string) => void; fail: (error: Error) => void }[] = [];
  const heard: string[] = [];
  const pauses: (() => void)[] = [];
  const asker = askLatest<string, string>({
    ask: (question) => new Promise((answer, fail) => asked.push({ question, answer, fail })),
    onAnswer: (answer, question) => heard.push(`${question}: ${answer}`),
    onFailure: (error, question) => heard.push(`${question}! ${(error as Error).message}`),
    mayPass: (error) => (error as Error).message === 'busy',
    pause: () => new Promise((resolve) => pauses.push(resolve)),
  });
  const questions = () => asked.map(({ question }) => question);
  const last = () => asked.at(-1) as (typeof asked)[number];
  return { asker, heard, pauses, questions, last, soon: () => sleep(0) };
}

describe('the latest question', () => {
  it('is asked when the one before has been answered, and only its answer is heard', async () => {
    const { asker, heard, questions, last, soon } = newAsking();
    for (const question of ['a', 'b', 'c']) asker.ask(question);
    expect(questions()).toEqual(['a']);
    last().answer('1');
    await soon();
    expect(questions()).toEqual(['a', 'c']);
    last().answer('3');
    await soon();
    expect(heard).toEqual(['c: 3']);
    asker.ask('d');
    last().answer('4');
    await soon();
    expect(heard).toEqual(['c: 3', 'd: 4']);
  });

  it('is asked again where it failed for a time, until it is answered', async () => {
    const { asker, heard, pauses, questions, last, soon } = newAsking();
    asker.ask('a');
    for (let failed = 0; failed < 2; failed++) {
      last().fail(new Error('busy'));
      await soon();
      pauses.pop()?.();
      await soon();
    }
    last().answer('1');
    await soon();
    expect(questions()).toEqual(['a', 'a', 'a']);
    expect(heard).toEqual(['a! busy', 'a! busy', 'a: 1']);
  });

  it('is not asked again where it failed for good, and not for ever where it goes on failing', async () => {
    const { asker, heard, pauses, questions, last, soon } = newAsking();
    asker.ask('a');
    last().fail(new Error('wrong'));
    await soon();
    expect(heard).toEqual(['a! wrong']);
    asker.ask('b');
    for (let failed = 0; failed < 10; failed++) {
      last().fail(new Error('busy'));
      await soon();
      pauses.pop()?.();
      await soon();
    }
    expect(questions()).toEqual(['a', 'b', 'b', 'b', 'b']);
  });

  it('does not wait for another try of an older one', async () => {
    const { asker, heard, questions, last, soon } = newAsking();
    asker.ask('a');
    last().fail(new Error('busy'));
    await soon();
    asker.ask('b');
    await soon();
    expect(questions()).toEqual(['a', 'b']);
    last().answer('2');
    await soon();
    expect(heard).toEqual(['a! busy', 'b: 2']);
  });

  it('is not heard any more once nobody listens', async () => {
    const { asker, heard, last, soon } = newAsking();
    asker.ask('a');
    asker.stop();
    last().answer('1');
    await soon();
    asker.ask('b');
    expect(heard).toEqual([]);
    expect(last().question).toBe('a');
  });
});
