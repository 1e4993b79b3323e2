/** Where a secret of the server is kept: its environment, a file, or Vault. */
export interface SecretSource {
  /** Whether another reading can be another value: the environment stays as it was at the start. */
  readonly isRead: boolean;
  /**
   * What it says now; null where it says that there is none. Reading again is safe.
   * @throws Failure KEY_UNAVAILABLE when it is out of reach, KEY_REFUSED when it says no. Never with a secret in its text.
   */
  read(): Promise<string | null>;
}
