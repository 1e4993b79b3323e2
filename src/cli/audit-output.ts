/** Where a command writes. */
export interface AuditOutput {
  /** The result, to stdout. May slow the writer down. */
  write(text: string): Promise<void> | void;
  /** How far a long run is, to stderr; left out when nobody watches. */
  progress?(text: string): void;
}

/** Tells how far a run is, at most once a second and not in the first one. */
export function progressOf(output: AuditOutput, what: 'entries' | 'decisions' = 'entries', startedAt: number = Date.now()): (count: number) => void {
  let told = startedAt;
  return (count) => {
    const now = Date.now();
    if (now - told < quietMilliseconds) return;
    told = now;
    output.progress?.(`${count} ${what}`);
  };
}

const quietMilliseconds = 1_000;
