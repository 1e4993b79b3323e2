import type { RecordState, Release } from '../../domain/release.ts';
import { either, flag, integer, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

export const releaseForm = storedForm<Release>(
  'a release',
  object({
    entry: text,
    contractId: text,
    version: text,
    contentHash: text,
    parent: nullable(text),
    path: text,
    commit: text,
    blob: text,
    bytesDigest: text,
    adopted: flag,
    decisionId: nullable(text),
    lifecycle: text,
  }),
);

export const recordStateForm = storedForm<RecordState>(
  'the state of a release record',
  either(object({ kind: oneOf('complete'), upTo: text }, { waits: object({ tip: text, seen: text, lookAt: text, until: text }) }), object({ kind: oneOf('filling'), done: integer, total: nullable(integer), upTo: nullable(text) }, { describedUpTo: text })),
);
