import { hashToken, mintToken, nameTaken, nameUnknown, type TokenHash, type TokenList } from "../tokens.ts";
import type { Client } from "./session.ts";

/** The tokens that every eater on the database takes. */
export function postgresTokens(client: Client): TokenList {
  return {
    async add(name, now) {
      const token = mintToken();
      const { rowCount } = await client.query(
        "INSERT INTO sprintcast.tokens VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [name, hashToken(token), now],
      );
      if (rowCount === 0) throw nameTaken(name);
      return token;
    },
    async remove(name) {
      const { rowCount } = await client.query("DELETE FROM sprintcast.tokens WHERE name = $1", [name]);
      if (rowCount === 0) throw nameUnknown(name);
    },
    async list() {
      const { rows } = await client.query<TokenHash>(
        "SELECT name, hash FROM sprintcast.tokens ORDER BY name",
      );
      return rows;
    },
  };
}
