/** What scans of the default branch made of a behaviour. It decides nothing about a change. */
export interface DriftState {
  readonly state: 'pass' | 'drift' | 'inconclusive' | 'error';
  /** Since when it has been so: ISO 8601. */
  readonly since: string;
  /** Of the last scan: ISO 8601. */
  readonly scannedAt: string;
  /** One sentence or two. May quote what a source said. */
  readonly why: string;
}
