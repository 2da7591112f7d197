/** The addresses of one database of a local server, by what their login may do. */
export interface DatabaseAddresses {
  /** The superuser `supabase_admin`, for what hosted Supabase does itself. */
  readonly admin: string;
  /** `postgres`, who owns the schema and applies the migrations. */
  readonly owner: string;
  /** `entrepot_app`, who can become `entrepot_member` and nothing else. */
  readonly app: string;
  /** `entrepot_service`, who can become `service_role`. */
  readonly service: string;
}

/** Where one Postgres listens on 127.0.0.1, and the password that its logins share. */
export interface ServerAddress {
  readonly port: number;
  readonly password: string;
}

export function databaseAddresses({ port, password }: ServerAddress, database: string): DatabaseAddresses {
  const of = (login: string) => `postgresql://${login}:${password}@127.0.0.1:${port}/${database}`;
  return {
    admin: of('supabase_admin'),
    owner: of('postgres'),
    app: of('entrepot_app'),
    service: of('entrepot_service'),
  };
}
