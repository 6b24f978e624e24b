/** How often each kind of change happens, relative to the others. Absent: never. */
export interface Weights {
  create: number;
  label: number;
  unlabel: number;
  milestone: number;
  demilestone: number;
  close: number;
  reopen: number;
  retitle: number;
  assign: number;
  unassign: number;
  renameLabel: number;
  renameMilestone: number;
  swapLabels: number;
  deleteLabel: number;
  deleteMilestone: number;
  /** Deleted, and made again at once under the same name. */
  remakeLabel: number;
  remakeMilestone: number;
  /** A label added without an event, at creation (seen on GitHub with old issue forms). */
  silentLabel: number;
}

export const everyday: Weights = {
  create: 8,
  label: 14,
  unlabel: 7,
  milestone: 8,
  demilestone: 3,
  close: 6,
  reopen: 3,
  retitle: 3,
  assign: 3,
  unassign: 1,
  renameLabel: 0,
  renameMilestone: 0,
  swapLabels: 0,
  deleteLabel: 0,
  deleteMilestone: 0,
  remakeLabel: 0,
  remakeMilestone: 0,
  silentLabel: 0,
};
