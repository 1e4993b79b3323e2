import { organizationFilesOf } from '../../../domain/configuration/organization-files.ts';
import { organizationDocument } from '../../../domain/configuration/organization-document.ts';
import { member } from '../../../domain/configuration/member.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { Snapshot, UnreadableFiles } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { documentIn } from '../../../domain/document/document-side.ts';
import { organizationRequest, readOrganizationFile } from '../../../domain/document/read-side.ts';
import { waiversIn } from './waiver-files.ts';
import type { WaiverSide } from './waiver-files.ts';

/** A waiver file of the organisation, as it stands at the commit of its configuration in force. */
export interface OrganizationWaivers {
  readonly path: string;
  /** Full name of the repository in which it stands. */
  readonly repository: string;
  readonly side: WaiverSide;
}

/** What `organizationWaivers` reads. */
export function organizationWaiverRequests({ snapshot }: Pick<ChangeToDerive, 'snapshot'>): readonly ProbeRequest[] {
  const files = filesOf(snapshot);
  return files.kind === 'unreadable' ? [] : files.files.flatMap((file) => organizationRequest(file) ?? []);
}

/** The waivers that count in each repository of the organisation. `lost`: why it is not known which there are, or why none of them is read. */
export function organizationWaivers({ snapshot, evidence }: Pick<ChangeToDerive, 'snapshot' | 'evidence'>): { readonly files: readonly OrganizationWaivers[]; readonly lost: UnreadableFiles | null } {
  const files = filesOf(snapshot);
  if (files.kind === 'unreadable') return { files: [], lost: namesWaivers(snapshot) ? files : null };
  const repository = snapshot.configuration.organization?.repository ?? 'the organisation';
  return { files: files.files.map((file) => ({ path: file.path, repository, side: waiversIn(documentIn(readOrganizationFile(file, evidence), file.path)) })), lost: null };
}

function filesOf({ configuration: { organizationFiles } }: Snapshot): ReturnType<typeof organizationFilesOf> {
  return organizationFilesOf(organizationFiles, 'waivers');
}

function namesWaivers({ configuration }: Snapshot): boolean {
  return member.texts(organizationDocument(configuration) ?? {}, 'waivers').length > 0;
}
