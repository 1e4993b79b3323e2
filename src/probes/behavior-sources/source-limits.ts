import { limits } from '../../domain/limits.ts';

/** What one answer of a service may cost. Whoever edits a behaviour chooses the service, which is hostile until shown otherwise. */
export const sourceLimits = {
  /** From the look-up of the name to the last byte, redirects included. */
  timeoutMs: 10_000,
  /** Of a body, as it arrives and again unpacked. More would not be read as a document either. */
  bodyBytes: limits.fileBytes,
  headerBytes: 16 * 1024,
  redirects: 3,
  /** Addresses of one name. */
  addresses: 32,
  urlCharacters: 8_192,
} as const;
