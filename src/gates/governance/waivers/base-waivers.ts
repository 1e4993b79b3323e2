import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { finding } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { UnreadableFiles } from '../../../domain/snapshot.ts';
import type { Waiver } from '../../../domain/waiver/waiver.ts';
import { isTooLong, whyNotWaivable } from '../../../domain/waiver/waiver-bounds.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import { organizationWaiverRequests, organizationWaivers } from './organization-waivers.ts';
import { organizationRules, readWaiverSide, waiverFiles } from './waiver-files.ts';
import type { WaiverSide } from './waiver-files.ts';

export interface BaseWaivers {
  /** For `decide`: what the base and the organisation grant and may grant. Those that have expired are among them. */
  readonly waivers: readonly Waiver[];
  /** Those of them that only the organisation grants. */
  readonly ofOrganization: ReadonlySet<Waiver>;
  /** Those that end too late to count now, and will count when their end is near enough. */
  readonly later: readonly Waiver[];
  /** Why some are missing: without them a decision is only stricter. */
  readonly findings: readonly Finding[];
}

type Judged = Pick<ChangeToDerive, 'snapshot' | 'configuration'>;

/** What `baseWaivers` reads. */
export function waiverRequests(change: Judged): readonly ProbeRequest[] {
  return [...ownFiles(change).flatMap(({ base }) => sideRequest(base) ?? []), ...organizationWaiverRequests(change)];
}

/**
 * The waivers that count for this change: those of the base's files, for codes that a repository can waive, and those of the
 * organisation, for any that can be; each that ends no later than one granted now may. Whatever the change does to those files counts nothing.
 */
export function baseWaivers(change: ChangeToDerive): BaseWaivers {
  const { snapshot } = change;
  const rules = organizationRules(snapshot);
  const { files, lost } = organizationWaivers(change);
  const ours = ownFiles(change).filter(({ base }) => base !== null).map((file) => ({ path: file.path, where: 'the base', mended: `Open a pull request that makes ${file.path} valid.`, side: readWaiverSide(file, 'base', change) }));
  const theirs = files.map(({ path, repository, side }) => ({ path, where: repository, mended: `Whoever maintains ${repository} makes ${path} valid there.`, side }));
  const own = granted(ours).filter(({ code }) => whyNotWaivable(code, rules) === null);
  const above = granted(theirs).filter(({ code }) => whyNotWaivable(code, null) === null);
  const all = [...own, ...above];
  return {
    waivers: all.filter((waiver) => !isTooLong(waiver, snapshot.now)),
    ofOrganization: new Set(above),
    later: all.filter((waiver) => isTooLong(waiver, snapshot.now)),
    findings: [...(lost === null ? [] : [unlisted(lost)]), ...[...ours, ...theirs].flatMap((read) => missing(read))],
  };
}

/** At the root the organisation's are read as everywhere else: as they are in force. */
function ownFiles(change: Judged): ReturnType<typeof waiverFiles> {
  return waiverFiles(change).filter(({ level }) => level === 'repository');
}

interface ReadFile {
  readonly path: string;
  /** In which it stands. */
  readonly where: string;
  /** What is done where it is not valid. */
  readonly mended: string;
  readonly side: WaiverSide;
}

function granted(read: readonly ReadFile[]): readonly Waiver[] {
  return read.flatMap(({ side }) => (side.kind === 'waivers' ? side.entries.map(({ waiver }) => waiver) : []));
}

function missing({ path, where, mended, side }: ReadFile): readonly Finding[] {
  const subject = where === 'the base' ? 'waivers' : `waivers of ${where}`;
  if (side.kind === 'unavailable') return [unread(`the waivers in \`${path}\` of ${where}`, side.why, { path, subject })];
  if (side.kind === 'waivers') return [];
  return [
    finding({
      code: 'config/base_invalid',
      severity: 'notice',
      path,
      message: `None of the waivers in \`${path}\` of ${where} counts, since it is not valid: ${side.why.replace(/\.$/, '')}.`,
      expected: 'a valid waiver file',
      found: side.why,
      next: mended,
      subject,
    }),
  ];
}

/** What is too much stays so until the organisation mends it: without its waivers a decision is only stricter. */
function unlisted({ why, isLasting }: UnreadableFiles): Finding {
  const about = { subject: 'waivers of the organisation' };
  if (isLasting) return finding({ code: 'config/base_invalid', severity: 'notice', ...about, message: `None of the waivers of the organisation counts: ${why}.`, expected: 'files that can be read', found: why, next: 'Whoever maintains the repository of the organisation makes the files that its configuration names fewer or smaller.' });
  return unread("the organisation's waivers", why, about);
}

/** What a waiver would silence may deny or hold now: that is not known, and asked again. */
function unread(what: string, why: string, about: { readonly path?: string; readonly subject: string }): Finding {
  return finding({ code: 'snapshot/unreadable', ...about, message: `Cannot read ${what}: ${why}. Nothing in your change caused this.`, expected: 'the waivers in force', found: why, next: 'Wait for the next attempt.' });
}
