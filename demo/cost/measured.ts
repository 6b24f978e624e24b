import measured from "./measured.json" with { type: "json" };

/** What the demo costs a machine, as `npm run bench -- --only cost` measured it. CPU in seconds of one processor. */
export interface Measured {
  /** When and where: a date, Node's version, the processor. */
  on: string;
  /** CPU a second of what does not grow with the readings: 50 requests, and the commits they make. */
  cpuBase: number;
  cpuPerReading: number;
  /** Of one viewer: for each frame, and for each reading in it. */
  cpuPerFrame: number;
  cpuPerReadingSeen: number;
  /** Bytes of one viewer's connection: for each frame, and for each reading in it. */
  bytesPerFrame: number;
  bytesPerReadingSeen: number;
  /** Resident memory, bytes. */
  memoryBase: number;
  memoryPerViewer: number;
  memoryPerSeries: number;
  /** Bytes in the SQLite database of a reading, of a second's rollup, and of a minute's with its index. */
  diskPerReading: number;
  diskPerSecond: number;
  diskPerMinute: number;
}

export const costs: Measured = measured;
