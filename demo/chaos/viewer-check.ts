/** What a viewer has seen, and whether it may be believed. */
export interface ViewerState {
  epoch: string | null;
  offset: number;
  /** Readings delivered by deltas. */
  seen: number;
  /** Times the server said outright that it begins anew, by a snapshot after the first. */
  resyncs: number;
  resumes: number;
  connections: number;
  /** Offsets skipped without a word, and deltas whose length is not their span: none are allowed. */
  gaps: number;
}

export const newViewer: ViewerState = {
  epoch: null,
  offset: 0,
  seen: 0,
  resyncs: 0,
  resumes: 0,
  connections: 0,
  gaps: 0,
};

/** The frames of sprintcast.live.v1 as far as a checking viewer needs them. */
export type CheckedFrame =
  | { t: "hello"; epoch: string; offset: number }
  | { t: "snapshot"; offset: number }
  | { t: "resumed" }
  | { t: "delta"; from: number; to: number; conflated?: boolean; cols: { seq: number[] } }
  | { t: "ping" | "pong" | "bye" };

/** Takes a frame in. Offsets must follow each other but for a snapshot, which declares a new beginning. */
export function watch(state: ViewerState, frame: CheckedFrame): ViewerState {
  switch (frame.t) {
    case "hello":
      return {
        ...state,
        epoch: frame.epoch,
        offset: frame.epoch === state.epoch ? state.offset : 0,
        connections: state.connections + 1,
      };
    case "snapshot":
      return {
        ...state,
        offset: frame.offset,
        resyncs: state.resyncs + (state.connections > 1 || state.seen > 0 ? 1 : 0),
      };
    case "resumed":
      return { ...state, resumes: state.resumes + 1 };
    case "delta": {
      if (frame.to <= state.offset) return state;
      const skipped = frame.from > state.offset + 1;
      const isWhole = frame.conflated === true || frame.cols.seq.length === frame.to - frame.from + 1;
      return {
        ...state,
        offset: frame.to,
        seen: state.seen + frame.to - Math.max(frame.from - 1, state.offset),
        gaps: state.gaps + (skipped || !isWhole ? 1 : 0),
      };
    }
    default:
      return state;
  }
}
