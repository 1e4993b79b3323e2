import type { AuditEvent } from '../audit/entry.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import type { Digest } from '../domain/digest.ts';
import type { Document } from '../domain/document/document.ts';
import type { JsonObject } from '../domain/json-value.ts';

/** What a file of a branch grants until some instant. */
export interface Grant {
  /** Tells it from others: what comes under the key of one that stands, and ends no later, is granted already. */
  readonly key: string;
  /** ISO 8601. */
  readonly until: string;
  /** Of what is granted, however it is written. */
  readonly digest: Digest;
  readonly rationale: string;
  readonly payload: JsonObject;
}

/** Files that grant something by standing on a branch. */
export interface GrantKind {
  readonly event: Extract<AuditEvent, 'request.granted' | 'waiver.granted'>;
  /** Several of them in words. */
  readonly words: string;
  isUsed(configuration: Configuration): boolean;
  isFile(configuration: Configuration, path: string): boolean;
  /** What can not be read as such a file grants nothing. */
  grantsOf(path: string, document: Document): readonly Grant[];
}
