/** What a team works through: GitHub's issues, its pull requests, or both as tasks of one kind. */
export type TaskKind = "issues" | "pulls" | "both";

/** What sizes are told in. */
export type SizeUnit = "days" | "points";

/** How a team works: what `content/settings.yml` says, as far as figures depend on it. */
export interface Rules {
  /** Issues, by number or key, that are another team's: none of them counts. Absent: there is one team. */
  foreign?: ReadonlySet<number>;
  /** What counts as a task; issues where it is not said. */
  count?: TaskKind;
  /** IANA time zone in which days begin and end. */
  timeZone: string;
  /** ISO weekdays on which the team works, Monday = 1. */
  workdays: number[];
  /** Days off as YYYY-MM-DD in `timeZone`. */
  daysOff: string[];
  /** Lanes in board order; where several rules hold, the lane furthest along decides. The freezebox stands apart. */
  lanes: LaneRule[];
  /** What sizes count; man-days where it is not said. Effort is in days whatever sizes count. */
  unit?: SizeUnit;
  /** Man-days or points per size name, e.g. { S: 0.1, M: 0.5, L: 1 }. */
  sizes: Record<string, number>;
  /** Label prefix of an estimate: "size: " makes `size: M` and `size: 2.5` estimates. */
  sizePrefix: string;
  /** Where estimates stand instead of in labels; absent: in labels. In man-days, a bare number counts `daysPerPoint` each. */
  estimate?: { from: "issue-field" | "project-field"; name: string; daysPerPoint: number } | undefined;
  /** The field in which effort really spent stands; absent: labels and texts say it. Bare numbers are days or hours. */
  actual?: { from: "issue-field" | "project-field"; name: string; numbers: "days" | "hours" } | undefined;
  /** Label prefix of effort really spent, e.g. "actual: ". */
  actualPrefix: string;
  labels: {
    debt: string[];
    freezebox: string[];
    /** Prefix of KALM issues' labels: "kalm: " makes `kalm: keep`. */
    kalmPrefix: string;
  };
  /** Issue types that carry meaning; none where it is not said. */
  types?: { debt: string[] };
  /** Working hours of a man-day, for `/spend 4h`. */
  hoursPerDay: number;
  /** Man-days of a week, for `/spend 1w`. */
  daysPerWeek: number;
}

/**
 * A lane and when an issue stands in it. All named conditions must hold; within a list any one suffices.
 * `member`: carries the sprint's mark at that instant.
 */
export interface LaneRule {
  name: string;
  when: {
    state?: "open" | "closed";
    /** Label names or keys; a trailing * matches any ending. */
    labels?: string[];
    /** Projects v2 status. */
    status?: string[];
    /** Issue types, in any case. */
    type?: string[];
    assigned?: boolean;
    member?: boolean;
  };
  /** What the lane means to the figures. Exactly one lane is `done`. */
  role: "backlog" | "sprint" | "progress" | "done";
}
