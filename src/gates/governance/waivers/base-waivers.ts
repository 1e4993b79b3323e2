import type { ProbeRequest } from '../../../domain/evidence.ts';
import { finding } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { Waiver } from '../../../domain/waiver/waiver.ts';
import { isTooLong, whyNotWaivable } from '../../../domain/waiver/waiver-bounds.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { organizationRules, readWaiverSide, waiverFiles } from './waiver-files.ts';

export interface BaseWaivers {
  /** For `decide`: what the base grants and may grant. Those that have expired are among them. */
  readonly waivers: readonly Waiver[];
  /** Why some are missing: without them a decision is only stricter. */
  readonly findings: readonly Finding[];
}

/** What `baseWaivers` reads. */
export function waiverRequests(change: Pick<ChangeToDerive, 'snapshot' | 'configuration'>): readonly ProbeRequest[] {
  return waiverFiles(change).map(({ base }) => sideRequest(base)).filter((request) => request !== null);
}

/**
 * The waivers that count for this change: those of the base's files, for codes that a repository can waive, that end no later
 * than one granted now may. Whatever the change does to those files counts nothing.
 */
export function baseWaivers(change: ChangeToDerive): BaseWaivers {
  const { snapshot } = change;
  const rules = organizationRules(snapshot);
  const read = waiverFiles(change).filter(({ base }) => base !== null).map((file) => ({ file, side: readWaiverSide(file, 'base', change) }));
  const granted = read.flatMap(({ side }) => (side.kind === 'waivers' ? side.entries.map(({ waiver }) => waiver) : []));
  return {
    waivers: granted.filter((waiver) => whyNotWaivable(waiver.code, rules) === null && !isTooLong(waiver, snapshot.now)),
    findings: read.flatMap(({ file, side }) => {
      if (side.kind === 'unavailable') return [unread(file, side.why)];
      return side.kind === 'invalid' ? [invalid(file, side.why)] : [];
    }),
  };
}

/** What a waiver would silence may deny or hold now: that is not known, and asked again. */
function unread({ path }: SnapshotFile, why: string): Finding {
  return finding({
    code: 'snapshot/unreadable',
    path,
    message: `Cannot read the waivers in \`${path}\` at the base: ${why}. Nothing in your change caused this.`,
    expected: 'the waivers of the base',
    found: why,
    next: 'Wait for the next attempt.',
    subject: 'waivers',
  });
}

function invalid({ path }: SnapshotFile, why: string): Finding {
  return finding({
    code: 'config/base_invalid',
    severity: 'notice',
    path,
    message: `None of the waivers in \`${path}\` of the base counts, since it is not valid: ${why.replace(/\.$/, '')}.`,
    expected: 'a valid waiver file',
    found: why,
    next: `Open a pull request that makes ${path} valid.`,
    subject: 'waivers',
  });
}
