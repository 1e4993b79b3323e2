import type { Document } from '../../../domain/document/document.ts';
import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { isPinned, namedActions } from './named-actions.ts';

export interface FileToLookAt {
  readonly path: string;
  /** Null: the file is new, or could not be read. */
  readonly before: Document | null;
  readonly head: Document;
  /** Login of the account that owns the repository. */
  readonly account: string;
}

/** Advice on each third party's action that this change names by a tag or a branch, once, where it stands first. */
export function unpinnedFindings({ path, before, head, account }: FileToLookAt): readonly Finding[] {
  const known = new Set((before === null ? [] : namedActions(before.value)).map(({ uses }) => uses));
  const found = new Map<string, Finding>();
  for (const { uses, pointer } of namedActions(head.value)) {
    if (known.has(uses) || found.has(uses) || isPinned(uses, account)) continue;
    found.set(uses, unpinned(path, uses, head.positionOf(pointer)));
  }
  return [...found.values()];
}

function unpinned(path: string, uses: string, position: { readonly line: number; readonly column: number }): Finding {
  return finding({
    code: 'governance/action_unpinned',
    path,
    ...position,
    subject: uses,
    message: `${quoted(uses)} can be another program tomorrow: who owns it can move its tag or branch. This decides nothing.`,
    expected: uses.startsWith('docker://') ? 'an image by its sha256 digest' : 'a commit by its 40 hex digits',
    found: uses,
    next: uses.startsWith('docker://') ? 'Name the image as `docker://<image>@sha256:<digest>`.' : 'Name the commit in place of the tag, with the tag in a comment behind it.',
  });
}
