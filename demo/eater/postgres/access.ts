/** Where a PostgreSQL database is, and how to get in. Crosses to the writing thread, so it is plain data. */
export interface PostgresAccess {
  host: string;
  port: number;
  database: string;
  user: string;
  /** Null where the server asks for none, or a `.pgpass` file has it. */
  password: string | null;
  /** Null without TLS; `ca` in PEM, null for the authorities that Node knows. */
  tls: { isVerified: boolean; ca: string | null } | null;
  /** How long a connection may take to come about, ms. */
  timeoutMs: number;
}
