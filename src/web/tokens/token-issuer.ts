/** Whose tokens are taken, and for what: OpenID Connect Core 1.0 and RFC 7519. */
export interface TokenIssuer {
  /** Exactly as `iss` writes it. https, but for this very machine in tests and trials. */
  readonly issuer: string;
  /** What `aud` has to name. */
  readonly audience: string;
  /** Seconds that a token may be old, whatever its own `exp` says. */
  readonly mostAge: number;
}
