import { createQueryId, PostgresQueryCompiler, type RawBuilder } from 'kysely';
import pg from 'pg';

/** A query as text with its values written as literals, for COPY, which takes no parameters. */
export function withLiterals(query: RawBuilder<unknown>): string {
  return new LiteralCompiler().compileQuery(query.toOperationNode(), createQueryId()).sql;
}

/** Every value of a compiled export is text that the query casts, so one kind of literal serves. */
class LiteralCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    if (typeof value !== 'string') throw new TypeError(`cannot write ${typeof value} as a literal`);
    this.append(pg.escapeLiteral(value));
  }
}
