/** What a process that scans is given. */
export interface Scanning {
  readonly url: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly databaseUrl: string;
  readonly folder: string;
  /** Repositories of the account. */
  readonly repositories: number;
}

/** What one scan took. */
export interface Scanned {
  readonly seconds: number;
  /** Bytes of its objects that are in use after a tenth of the repositories, and after all. */
  readonly heapEarly: number;
  readonly heapLate: number;
  /** Jobs that were given up. */
  readonly buried: readonly string[];
}
