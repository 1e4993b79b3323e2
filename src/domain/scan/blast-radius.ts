/** Repositories of an account that one scan may open remediations in: three, or a tenth of those that are governed. A detector that marks more is broken. */
export function mostRemediated(governed: number): number {
  return Math.max(3, Math.floor(governed / 10));
}
