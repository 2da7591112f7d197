import { guide } from '#app/api/openapi/guide.ts';
import { Marked } from './marked.tsx';

/** What holds for every operation. */
export function Chapters() {
  return guide.map(({ id, title, text }) => (
    <section key={id} id={id}>
      <h2>{title}</h2>
      {text.map((paragraph) => (
        <p key={paragraph}>
          <Marked text={paragraph} />
        </p>
      ))}
    </section>
  ));
}
