/** Everything of one workspace that a row of any table may refer to. */
export interface Ground {
  readonly workspace: string;
  readonly user: string;
  readonly source: string;
  readonly dataset: string;
  readonly job: string;
  readonly run: string;
  readonly deletion: string;
  readonly export: string;
}

type Rank = 'viewer' | 'editor' | 'owner';

/** The least role that may do a thing, or `never`. */
type Need = Rank | 'never';

export interface Rights {
  readonly select: Need;
  readonly insert: Need;
  readonly update: Need;
  readonly delete: Need;
  /** Whether `authenticated` may read it through the Data API. */
  readonly dataApi?: true;
  /** A column that an update may set to itself. */
  readonly touch?: string;
  /** A row of that workspace. */
  readonly row: (ground: Ground) => Readonly<Record<string, unknown>>;
}

/** Of a table that one can sync into and export from. */
export const dataset: Omit<Rights, 'row'> = {
  select: 'viewer',
  insert: 'editor',
  update: 'editor',
  delete: 'editor',
  dataApi: true,
  touch: 'extra',
};

/** Of what syncs and exports leave behind. */
export const history: Omit<Rights, 'row' | 'touch'> = {
  select: 'viewer',
  insert: 'editor',
  update: 'editor',
  delete: 'editor',
};

/** Of what the service alone comes near. */
export const closed: Omit<Rights, 'row'> = {
  select: 'never',
  insert: 'never',
  update: 'never',
  delete: 'never',
};
