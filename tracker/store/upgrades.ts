import type { Migration } from "./migrate.ts";

/** What the rows of older versions need. They come after all tables, for they touch several. */
export const upgrades: Migration[] = [
  {
    // Relations were kept without the issue at their other end: such events are fetched once more.
    name: "relations-1",
    up: `
      CREATE TEMP TABLE nameless AS SELECT issue, id FROM event WHERE detail IS NULL AND kind IN (
        SELECT id FROM word WHERE text IN ('parent_issue_added', 'parent_issue_removed', 'sub_issue_added',
          'sub_issue_removed', 'blocked_by_added', 'blocked_by_removed'));
      DELETE FROM sync_state WHERE key LIKE 'github.events.%' AND EXISTS (SELECT 1 FROM nameless);
      DELETE FROM event WHERE (issue, id) IN (SELECT issue, id FROM nameless);
      INSERT OR IGNORE INTO stale SELECT issue FROM nameless;
      INSERT OR IGNORE INTO stale SELECT issue FROM timeline WHERE parent IS NOT NULL;
      DROP TABLE nameless;
    `,
  },
  {
    // Gaps in a history were passed over, and a milestone in doubt was not named: all is folded anew.
    name: "gaps-1",
    up: "INSERT OR IGNORE INTO stale SELECT issue FROM timeline;",
  },
  {
    // What was read of names that changed was told as sure where it is a guess, and a rename that two syncs had seen was
    // lost, of which nothing tells here: names are reasoned out anew, and what was guessed is folded anew.
    name: "guesses-1",
    up: `
      CREATE TEMP TABLE guessed AS SELECT 1 FROM name_period WHERE gone = 1 OR weak = 1
        UNION ALL SELECT 1 FROM name_alias;
      INSERT OR IGNORE INTO reconcile_due SELECT 1 WHERE EXISTS (SELECT 1 FROM timeline);
      INSERT OR IGNORE INTO stale SELECT issue FROM timeline WHERE EXISTS (SELECT 1 FROM guessed);
      DROP TABLE guessed;
    `,
  },
  {
    // A first sync from GitHub that was cut off left no mark of it. One that ended knows events and comments up to some time.
    name: "torn-1",
    up: `
      INSERT OR IGNORE INTO sync_state (key, value) SELECT 'sync.first', 'github'
      WHERE EXISTS (SELECT 1 FROM sync_state WHERE key = 'repository')
        AND EXISTS (SELECT 1 FROM sync_state WHERE key GLOB 'github.*')
        AND NOT EXISTS (SELECT 1 FROM sync_state WHERE key IN ('syncedAt', 'backup.until'))
        AND (SELECT count(*) FROM sync_state WHERE key IN ('github.events.frontier', 'github.comments.watermark')) < 2;
    `,
  },
  {
    // Names that what some issue tells contradicts were told as sure, and a label that was added twice stood as on since the
    // first time: names are reasoned out anew, and such issues are folded anew.
    name: "guesses-2",
    up: `
      INSERT OR IGNORE INTO reconcile_due SELECT 1 WHERE EXISTS (SELECT 1 FROM odd WHERE kind <> 'milestone');
      INSERT OR IGNORE INTO stale SELECT issue FROM timeline
        WHERE doubts LIKE '% was added twice%' OR doubts LIKE '%no event ends %';
    `,
  },
];
