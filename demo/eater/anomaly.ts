/** How many of a series' last values make its notion of "usual". */
export interface AnomalySettings {
  window: number;
  /** A value this many robust standard deviations from the median is flagged. */
  threshold: number;
  /** No judgement before the window holds this many values. */
  warmUp: number;
}

export interface Judgement {
  /** Robust z-score, signed. */
  score: number;
  median: number;
  mad: number;
  flagged: boolean;
}

/** The last values of one series: in order of arrival (a ring), and sorted. */
export interface RollingWindow {
  arrivals: Float64Array;
  sorted: Float64Array;
  size: number;
  next: number;
}

// 1.4826 makes the median absolute deviation of a normal distribution equal its standard deviation; Iglewicz and
// Hoaglin, "How to Detect and Handle Outliers" (1993).
const MAD_TO_SIGMA = 1.4826;

const LOWEST = Number.NEGATIVE_INFINITY;
const HIGHEST = Number.POSITIVE_INFINITY;

export function emptyWindow(settings: AnomalySettings): RollingWindow {
  return {
    arrivals: new Float64Array(settings.window),
    sorted: new Float64Array(settings.window),
    size: 0,
    next: 0,
  };
}

/**
 * Judges `value` against the window as it stood before, then takes it in (the window is changed in place).
 * Null while the window is too short to judge. A constant series has MAD 0: then any change scores against one
 * millionth of the median instead, so that a stuck sensor that jumps is flagged and rounding noise is not.
 */
export function judge(window: RollingWindow, value: number, settings: AnomalySettings): Judgement | null {
  let judgement: Judgement | null = null;
  if (window.size >= settings.warmUp) {
    const median = medianOf(window);
    const mad = deviationOf(window, median);
    const scale = Math.max(MAD_TO_SIGMA * mad, Math.abs(median) * 1e-6, 1e-9);
    const score = (value - median) / scale;
    judgement = { score, median, mad, flagged: Math.abs(score) >= settings.threshold };
  }
  push(window, value);
  return judgement;
}

function medianOf({ sorted, size }: RollingWindow): number {
  const half = size >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return size % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** Median absolute deviation: walks outwards from the median on both sides, nearest first. */
function deviationOf({ sorted, size }: RollingWindow, median: number): number {
  let right = lowerBound(sorted, size, median);
  let left = right - 1;
  const half = size >> 1;
  let previous = 0;
  let current = 0;
  for (let taken = 0; taken <= half; taken += 1) {
    // What lies past either end is as far away as can be.
    const below = median - (left >= 0 ? (sorted[left] ?? LOWEST) : LOWEST);
    const above = (right < size ? (sorted[right] ?? HIGHEST) : HIGHEST) - median;
    previous = current;
    if (below <= above) {
      current = below;
      left -= 1;
    } else {
      current = above;
      right += 1;
    }
  }
  return size % 2 === 1 ? current : (previous + current) / 2;
}

function push(window: RollingWindow, value: number): void {
  const { arrivals, sorted } = window;
  if (window.size === arrivals.length) {
    const gone = lowerBound(sorted, window.size, arrivals[window.next] ?? HIGHEST);
    sorted.copyWithin(gone, gone + 1, window.size);
    window.size -= 1;
  }
  const place = lowerBound(sorted, window.size, value);
  sorted.copyWithin(place + 1, place, window.size);
  sorted[place] = value;
  arrivals[window.next] = value;
  window.next = (window.next + 1) % arrivals.length;
  window.size += 1;
}

function lowerBound(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? HIGHEST) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
