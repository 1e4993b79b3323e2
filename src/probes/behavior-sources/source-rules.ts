/** What whoever runs Plumbline allows sources to reach. A repository can not change it. */
export interface SourceRules {
  /**
   * `host` for its default port, else `host:port`, as a URL writes them: lower case, punycode. Compared as a whole, without
   * patterns: a name that ends like a listed one is another name.
   */
  readonly hosts: readonly string[];
  /** Whether services of this very machine may be read, and by plain http: these alone. For trials and tests. */
  readonly allowsLoopback: boolean;
  /** Whether services of private networks may be asked, by https: only where nothing but the settings of the server says which. Left out: they may not. */
  readonly allowsPrivate?: true;
}
