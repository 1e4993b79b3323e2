import { memberOfGroup, pullRequestNumber, pullRequestSubject } from '../domain/subject.ts';
import type { BundleQuestion } from './bundle.ts';
import { contractsOfLinks, isSharedLink } from './entry-link.ts';
import type { ReadEntry } from './read-entry.ts';

/**
 * By what an entry is found where a bundle is asked for; each once. Topics stand in an index beside the log, and are computed anew from the
 * leaves by whoever verifies: an index that was changed can hide an entry, never put one in.
 */
export function topicsOf(entry: ReadEntry): readonly string[] {
  const { event, subject, links, repository } = entry;
  const contracts = [...contractsOfSubject(subject), ...contractsOfLinks(links)].map(contractTopic);
  const keys = event === 'key.rotated' ? [keysTopic] : [];
  return [...new Set([...contracts, ...keys, ...(repository === null ? [] : topicsIn(repository.id, entry))])];
}

/** Those of what the log says about its keys, which every bundle has. */
export const keysTopic = 'keys';

/** Topics whose entries answer a question; null where not topics answer it but times. */
export function topicsAsked(asked: BundleQuestion): readonly string[] | null {
  switch (asked.kind) {
    case 'pull-request':
      return [pullRequestTopic(asked.repository.id, asked.number)];
    case 'contract':
      return [contractTopic(asked.id)];
    case 'period':
      return null;
  }
}

/** Topics of entries that belong to the answer with this one: what tells what became of it, and of a release how it came onto its branch. */
export function topicsLedTo({ event, links, repository }: ReadEntry, asked: BundleQuestion): readonly string[] {
  if (repository === null) return [];
  const followed = links.filter((link) => !isSharedLink(link)).map((link) => linkTopic(repository.id, link));
  const landed = asked.kind === 'contract' && event.startsWith('release.') ? commitsIn(links).map((commit) => landedTopic(repository.id, commit)) : [];
  return [...followed, ...landed];
}

function topicsIn(repository: number, { event, subject, links }: ReadEntry): readonly string[] {
  const members = [pullRequestNumber(subject), memberOfGroup(subject), ...links.map(pullRequestNumber)].flatMap((number) => number ?? []);
  const followed = links.filter((link) => !isSharedLink(link)).map((link) => linkTopic(repository, link));
  const landed = event === 'change.merged' ? commitsIn(links).map((commit) => landedTopic(repository, commit)) : [];
  return [...members.map((number) => pullRequestTopic(repository, number)), ...followed, ...landed];
}

function pullRequestTopic(repository: number, number: number): string {
  return `${repository} ${pullRequestSubject(number)}`;
}

function linkTopic(repository: number, link: string): string {
  return `${repository} link:${link}`;
}

function landedTopic(repository: number, commit: string): string {
  return `${repository} landed:${commit}`;
}

function contractTopic(id: string): string {
  return `contract:${id}`;
}

function commitsIn(links: readonly string[]): readonly string[] {
  return links.filter((link) => link.startsWith('commit:'));
}

const mostParts = 10;

/** With and without its version. An id may have an `@` itself. */
function contractsOfSubject(subject: string): readonly string[] {
  if (!subject.startsWith('contract:')) return [];
  const parts = subject.slice('contract:'.length).split('@', mostParts);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('@'));
}
