import { errorStatuses } from '#lib/api/openapi/errors.ts';
import { errorGuide } from '#lib/core/error-guide.ts';
import classes from './developers.module.css';
import { Marked } from './marked.tsx';
import { ScrollBox } from './scroll-box.tsx';

/** Every error code with its status, what it means and what to do. */
export function Errors() {
  return (
    <section id="errors">
      <h2>Errors</h2>
      <p>
        An error is <code>{'{ "error": { "code", "message", "requestId", "fields"? } }'}</code>. Codes stay as
        they are: decide by them. Messages are for people and may change. <code>fields</code> says, by the
        dotted path of each wrong field, what is wrong with it.
      </p>
      <ErrorTable />
    </section>
  );
}

function ErrorTable() {
  return (
    <ScrollBox label="Error codes">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Code</th>
            <th scope="col">Meaning</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {[...errorStatuses].flatMap(([status, codes]) =>
            codes.map((code, place) => (
              <tr key={code} id={place === 0 ? `error-${status}` : undefined}>
                <td>{status}</td>
                <th scope="row">
                  <code>{code}</code>
                </th>
                <td>
                  <Marked text={errorGuide[code].means} />
                </td>
                <td>
                  <Marked text={errorGuide[code].remedy} />
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </ScrollBox>
  );
}
