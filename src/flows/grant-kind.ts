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

/** Where a grant counts. One that comes to count in all repositories of the organisation is another one. */
export type GrantReach = 'repository' | 'organization';

/** Files that grant something by standing on a branch. */
export interface GrantKind {
  readonly event: Extract<AuditEvent, 'request.granted' | 'waiver.granted'>;
  /** Several of them in words. */
  readonly words: string;
  isUsed(configuration: Configuration): boolean;
  /** Null for what is no file of this kind. */
  reachOf(configuration: Configuration, path: string): GrantReach | null;
  /** What can not be read as such a file grants nothing. */
  grantsOf(file: { readonly path: string; readonly reach: GrantReach }, document: Document): readonly Grant[];
}
