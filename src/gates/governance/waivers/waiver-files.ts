import { ownKindsOf } from '../../../domain/configuration/own-kinds.ts';
import { organizationDocument } from '../../../domain/configuration/organization-document.ts';
import { configurationOf } from '../../../domain/configuration/configuration-of.ts';
import type { Rules } from '../../../domain/apply-rules.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import { readWaiverFile } from '../../../domain/waiver/read-waiver-file.ts';
import type { WaiverEntry } from '../../../domain/waiver/read-waiver-file.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { readDocumentSide } from '../../../domain/document/document-side.ts';
import type { DocumentSide } from '../../../domain/document/document-side.ts';

/** Whose waivers a file of the repository has. The organisation's stand in its own repository, and count in all of them. */
export type WaiverLevel = 'organization' | 'repository';

export interface WaiverFile extends SnapshotFile {
  readonly level: WaiverLevel;
}

/** Every waiver file of the repository that the base's configuration names, changed or not. What both levels name counts everywhere. */
export function waiverFiles({ snapshot, configuration }: Pick<ChangeToDerive, 'snapshot' | 'configuration'>): readonly WaiverFile[] {
  return snapshot.files.filter(({ roles }) => roles.includes('own')).flatMap((file): readonly WaiverFile[] => {
    const kinds = ownKindsOf(configuration, file.path);
    if (kinds.includes('organization-waivers')) return [{ ...file, level: 'organization' }];
    return kinds.includes('waivers') ? [{ ...file, level: 'repository' }] : [];
  });
}

/** What one side of a waiver file grants. `invalid`: it can be read, and none of it counts. */
export type WaiverSide =
  | { readonly kind: 'waivers'; readonly entries: readonly WaiverEntry[]; readonly document: Extract<DocumentSide, { kind: 'document' }>['document'] }
  | { readonly kind: 'invalid'; readonly why: string }
  | { readonly kind: 'unavailable'; readonly why: string };

export function readWaiverSide(file: SnapshotFile, side: 'base' | 'head', { evidence }: Pick<ChangeToDerive, 'evidence'>): WaiverSide {
  return waiversIn(readDocumentSide(file[side], file.path, evidence));
}

export function waiversIn(read: DocumentSide): WaiverSide {
  if (read.kind === 'unavailable') return read;
  if (read.kind === 'absent') return { kind: 'invalid', why: 'nothing stands there' };
  if (read.kind === 'unreadable') return { kind: 'invalid', why: read.why };
  const reading = readWaiverFile(read.document);
  if (reading.kind === 'waivers') return { ...reading, document: read.document };
  return { kind: 'invalid', why: reading.violations[0]?.message ?? 'it is no list of waivers' };
}

/** The rules that the organisation writes in its own configuration; null without one. */
export function organizationRules({ configuration, change }: Pick<Snapshot, 'configuration'> & { readonly change: Pick<Snapshot['change'], 'baseBranch'> }): Rules | null {
  const document = organizationDocument(configuration);
  return document === null ? null : configurationOf(document, change.baseBranch).rules;
}
