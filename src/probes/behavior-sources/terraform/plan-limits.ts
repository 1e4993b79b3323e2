/** What one plan may cost. The change's own code makes it. */
export const planLimits = {
  /** Of the archive, as it arrives. */
  archiveBytes: 16 * 1024 * 1024,
  /** Unpacked. */
  planBytes: 32 * 1024 * 1024,
  /** In the archive. */
  files: 1_000,
  /** To fetch the archive, from the look-up of the name to the last byte. */
  timeoutMs: 30_000,
} as const;
