import { describe, expect, it } from 'vitest';
import {
  currencyColumns,
  keyColumns,
  startView,
  viewInput,
  viewName,
  viewProblems,
} from '#app/(dashboard)/data/add-view/_components/view-draft.ts';
import { viewSchema } from '#lib/datasets/schema.ts';

const draft = startView({
  view: 'shop.best_buyers',
  columns: [
    { name: 'e_mail', type: 'text' },
    { name: '_', type: 'decimal' },
    { name: 'tags', type: 'json' },
  ],
  problem: null,
  datasets: [],
});

describe('a view that is about to be registered', () => {
  it('is offered with all of its columns, labelled by their names', () => {
    expect(draft.label).toBe('Best buyers');
    expect(draft.columns.map(({ label }) => label)).toEqual(['E mail', '_', 'Tags']);
    expect(viewSchema.safeParse(viewInput(draft, [])).success).toBe(true);
  });

  it('gets a name that no dataset has', () => {
    expect(viewName(draft, [])).toBe('best_buyers');
    expect(viewName(draft, ['best_buyers', 'best_buyers_2'])).toBe('best_buyers_3');
    expect(viewName({ ...draft, label: '  ' }, [])).toBe('view');
  });

  it('is sent with the columns that are included, and a key of those alone', () => {
    const [email, number, tags] = draft.columns.map((column) => ({ ...column }));
    if (!email || !number || !tags) throw new Error('the draft has lost columns');
    const columns = [
      { ...email, personal: true },
      { ...number, label: ' ' },
      { ...tags, included: false },
    ];
    const chosen = { ...draft, key: ['e_mail', 'tags'], columns };
    expect(viewInput(chosen, [])).toMatchObject({
      columns: [{ name: 'e_mail', label: 'E mail', personal: true }, { name: '_' }],
      key: ['e_mail'],
    });
    expect(keyColumns(draft).map(({ name }) => name)).toEqual(['e_mail', '_']);
  });

  it('has amounts whose currency an included text column names', () => {
    const [email, number, tags] = draft.columns;
    if (!email || !number || !tags) throw new Error('the draft has lost columns');
    const amount = { ...number, currency: 'e_mail' };
    expect(currencyColumns(draft.columns)).toEqual([email]);
    expect(viewInput({ ...draft, columns: [email, amount] }, []).columns).toEqual([
      { name: 'e_mail', label: 'E mail' },
      { name: '_', label: '_', currency: 'e_mail' },
    ]);
    const without = { ...draft, columns: [{ ...email, included: false }, amount] };
    expect(viewInput(without, []).columns).toEqual([{ name: '_', label: '_' }]);
  });

  it('shows what is wrong where it was said', () => {
    const [first, ...others] = draft.columns;
    if (!first) throw new Error('the draft has lost columns');
    const sent = { ...draft, columns: [{ ...first, included: false }, ...others] };
    const fields = { 'columns.1.label': 'is too long', 'key.0': 'is no column', label: 'must not be empty' };
    expect(viewProblems(sent, fields)).toEqual({
      label: 'must not be empty',
      view: undefined,
      key: 'is no column',
      columns: { tags: 'is too long' },
      hasOther: false,
    });
    expect(viewProblems(sent, { name: 'is taken' }).hasOther).toBe(true);
    expect(viewProblems(sent).hasOther).toBe(true);
  });
});
