import type { Behavior } from '../../domain/behavior/behavior.ts';
import { namedFilesOf } from '../../domain/behavior/named-files.ts';
import type { BehaviorFile } from '../../domain/behavior/source-reading.ts';
import { readDocumentSide } from '../../domain/document/document-side.ts';
import type { DocumentSide } from '../../domain/document/document-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { FileSide, Sha } from '../../domain/tree.ts';

/** A behaviour to measure, with all that it is read from. */
export interface AskedBehavior {
  readonly behavior: Behavior;
  /** Of its file. */
  readonly path: string;
  readonly blob: Sha;
  /** Where the files stand that it names; null: nowhere. */
  readonly sideOf: (path: string) => FileSide | null;
  /** Whether no signal is a failure, the configuration included. */
  readonly strict: boolean;
  readonly base: Sha;
  /** Null: of the system as it is now. */
  readonly head: Sha | null;
}

/** The files that it is measured by. In strict a fixture is none of them: nobody reads it. */
export function pathsOf({ behavior, strict }: Pick<AskedBehavior, 'behavior' | 'strict'>): readonly string[] {
  const named = namedFilesOf(behavior).filter(({ as }) => !(strict && as === 'fixture'));
  return [...new Set(named.map(({ path }) => path))];
}

export function readNamed({ sideOf }: AskedBehavior, path: string, evidence: Evidence): DocumentSide {
  return readDocumentSide(sideOf(path), path, evidence);
}

export function fileAt(asked: AskedBehavior, path: string, evidence: Evidence): BehaviorFile {
  const side = readNamed(asked, path, evidence);
  switch (side.kind) {
    case 'document':
      return { kind: 'value', value: side.document.value };
    case 'absent':
      return { kind: 'unreadable', why: 'nothing stands there' };
    case 'unreadable':
    case 'unavailable':
      return { kind: 'unreadable', why: side.why };
  }
}
