/** What the server says of single fields, taken apart by whose they are. */
interface FieldProblems {
  /** Of the stream's own dataset, by column. */
  readonly own: Readonly<Record<string, string>>;
  /** Of the list that was sent in that place. */
  ofList(sent: number): Readonly<Record<string, string>>;
}

/** Takes apart the problems of a mapping that was asked for: `fields.sku`, `also.0.fields.sku`. */
export function fieldProblems(problems: Readonly<Record<string, string>>): FieldProblems {
  const within = (prefix: string) =>
    Object.fromEntries(
      Object.entries(problems).flatMap(([place, problem]) =>
        place.startsWith(prefix) ? [[place.slice(prefix.length), capital(problem)]] : [],
      ),
    );
  return { own: within('fields.'), ofList: (sent) => within(`also.${sent}.fields.`) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
