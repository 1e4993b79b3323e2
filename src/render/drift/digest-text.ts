import { isSlow, tellsNoDrift } from '../../domain/drift/drift-digest.ts';
import type { DigestEntry, DigestLeftover, DriftDigest, PlaybookRepairs, Unmeasured } from '../../domain/drift/drift-digest.ts';
import type { LeftoverCode } from '../../domain/leftover/leftover.ts';
import { unusedDays } from '../../domain/leftover/whitelist-leftovers.ts';
import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { duration } from '../duration.ts';
import { markdownCode, markdownText, markdownUrl } from '../escape.ts';
import { fitItems } from '../fit-items.ts';
import { instant } from '../instant.ts';
import { stuckWords } from './stuck-words.ts';

/** UTF-8 bytes of one list. Eight of them and the table stay within what GitHub takes. */
const listBytes = 6_500;

/** The digest issue: what drifts and was not proposed, why, and how long repairs took. The same facts give the same text. */
export function digestText(digest: DriftDigest): { readonly title: string; readonly text: string } {
  const { held, stuck, flapping, unmeasured, suppressed, reported, leftovers } = digest;
  const sections = [
    alarmText(digest),
    slowText(digest.repairs),
    list('Held back', 'Nothing was opened for these. They are looked at again by the next scan, and what only a limit holds back within half an hour.', held, (one) => `${entryLine(one)}: ${heldWords[one.by]}`),
    list('For a person to look at', 'Nothing goes on by itself here.', stuck, (one) => `${entryLine(one)}: ${stuckWords(one.why)}`),
    list('Coming and going', 'Each changed three times or more within a week. Something changes it back, or fights: nothing is opened until that ends.', flapping, entryLine),
    list('Not measured', 'What can not be told is no sign of health. What was known before stays as it was, and nothing is closed for it.', unmeasured, unmeasuredLine),
    list('Refused by a person', 'Somebody closed the pull request or the issue. An approver takes that back with `/plumbline unsuppress` and the name of the behaviour, in a comment on a pull request of the repository.', suppressed, (one) => `${entryLine(one)}: until ${instant(new Date(one.until))}`),
    list('Only reported', 'These are only observed, or nothing is to be proposed for them.', reported, entryLine),
    list('To clean up', `Entries of whitelists and waiver files that permit nothing any more, or that nobody needed for ${unusedDays} days. A pull request that removes an entry, or makes it end later, takes it off this list.`, leftovers, leftoverLine),
    hiddenText(digest),
    repairsText(digest),
  ].filter((part) => part !== '');
  const intro = 'What scans found and no pull request or issue tells. Plumbline edits this issue in place when something of it changes, and closes it when nothing is left. To close it yourself holds until there is something new.';
  return { title: titleOf(digest), text: [intro, ...sections].join('\n\n') };
}

function titleOf(digest: DriftDigest): string {
  if (digest.alarm !== null) return 'Drift that needs a look: nothing was opened, a detector may be broken';
  return tellsNoDrift(digest) && digest.leftovers.length > 0 ? 'Permissions to clean up' : 'Drift that needs a look';
}

function alarmText({ alarm }: DriftDigest): string {
  if (alarm === null) return '';
  return [
    '> [!CAUTION]',
    `> **Of ${alarm.governed} repositories with behaviours ${alarm.drifted} drift with nothing open for it yet, so nothing was opened.** At most ${alarm.most} may be remediated by one scan.`,
    '> A detector that marks that much is probably broken: look at what these behaviours have in common, such as their source, their template or their baseline, before you look at the repositories.',
  ].join('\n');
}

function slowText(repairs: readonly PlaybookRepairs[]): string {
  const slow = repairs.filter(isSlow);
  if (slow.length === 0) return '';
  const lines = slow.slice(0, 20).map(({ playbook, time, target }) => `> ${playbookName(playbook)} took ${duration(time.mean)} in the mean, and ${duration(target ?? 0)} is the target.`);
  return ['> [!WARNING]', '> **Repairs take longer than they should.**', ...lines].join('\n');
}

function list<Item>(title: string, sentence: string, items: readonly Item[], line: (item: Item) => string): string {
  if (items.length === 0) return '';
  const lines = fitItems(items, (item) => `- ${line(item)}`, { bytes: listBytes, more: (left) => `- and ${left} more` });
  return `### ${title} (${items.length})\n\n${sentence}\n\n${lines}`;
}

function entryLine({ repository, behavior, metrics, since, link }: DigestEntry): string {
  const shown = metrics.slice(0, 5).map((metric) => markdownText(clip(metric, 60)));
  const what = shown.length === 0 ? '' : ` (${shown.join(', ')}${metrics.length > 5 ? ' …' : ''})`;
  const url = link === null ? null : markdownUrl(link);
  return `${markdownCode(clip(repository, 150))} ${markdownCode(clip(behavior, 100))}${what}, since ${instant(new Date(since))}${url === null ? '' : `, [see there](${url})`}`;
}

const heldWords: Readonly<Record<'pause' | 'limit' | 'blast_radius' | 'same_files', string>> = {
  pause: 'a pause window is on',
  limit: 'no more pull requests may be opened for now',
  blast_radius: 'more drifted than may be remediated at once',
  same_files: 'another remediation, perhaps on the branch that was the default one before, writes the same files, or may, and goes first: merge or close that one',
};

function unmeasuredLine({ repository, what, since, why }: Unmeasured): string {
  const when = since === null ? '' : `, since ${instant(new Date(since))}`;
  return `${markdownCode(clip(repository, 150))} ${unmeasuredWhat(what)}${when}${why === null ? '' : `: ${markdownText(clip(why, 200))}`}`;
}

function unmeasuredWhat(what: Unmeasured['what']): string {
  switch (what.kind) {
    case 'repository':
      return 'could not be scanned at all';
    case 'file':
      return `${markdownCode(clip(what.name, 200))}: the file is broken, \`plumbline check\` says how`;
    case 'behavior':
      return markdownCode(clip(what.name, 100));
  }
}

function leftoverLine({ code, repository, path, about, target, owner, since }: DigestLeftover): string {
  const whose = repository === null ? 'the organisation' : markdownCode(clip(repository, 150));
  const what = `${markdownCode(clip(about, 100))}${target === null ? '' : ` at ${markdownCode(clip(target, 150))}`}`;
  return `${whose} ${what} in ${markdownCode(clip(path, 150))}, owned by ${markdownText(clip(owner, 100))}: ${leftoverWords[code]} ${instant(new Date(since))}`;
}

const leftoverWords: Readonly<Record<LeftoverCode, string>> = {
  'whitelist/expired': 'the entry ended at',
  'whitelist/unused': 'the entry matched nothing since',
  'waiver/expired': 'the waiver ended at',
};

function hiddenText({ hidden }: DriftDigest): string {
  if (hidden === 0) return '';
  return `### Not shown here (${hidden})\n\nThere is more, about repositories that not everybody who reads this issue can see. It is listed here where \`.github\` is private; the audit log has all of it.`;
}

/** By playbook, over the newest runs of each. */
function repairsText({ success, repairs, newest }: DriftDigest): string {
  if (repairs.length === 0) return '';
  const rows = repairs.slice(0, 50).map(({ playbook, time, target }) => `| ${playbookName(playbook)} | ${time.runs} | ${duration(time.mean)} | ${duration(time.p90)} | ${duration(time.meanInconclusive)} | ${target === null ? '' : duration(target)} |`);
  const lines = newest.map((run) => `- ${markdownCode(clip(run.repository, 150))} ${markdownCode(clip(run.behavior, 100))}: ${duration(Math.max(0, Date.parse(run.cleanAt) - Date.parse(run.confirmedAt) - run.inconclusiveMs))}, clean since ${instant(new Date(run.cleanAt))}`);
  const share = success.rate === null ? '' : `In 30 days ${count(success.mended, 'drift')} ended verified clean, and ${success.standing} ${success.standing === 1 ? 'stands' : 'stand'} now: ${Math.floor(100 * success.rate)} % were repaired. `;
  return [
    '### How long repairs took',
    `${share}Times are from the confirmed drift until it was verified clean, over the newest 10 of each playbook; time in which nothing could be told counts apart.`,
    ['| Playbook | Repairs | Mean | 90 of 100 within | Not told, mean | Target |', '|---|---|---|---|---|---|', ...rows].join('\n'),
    `The last ones:\n\n${lines.join('\n')}`,
  ].join('\n\n');
}

/** Of behaviours that name none. */
function playbookName(id: string): string {
  return id === '-' ? 'none named' : markdownText(clip(id, 60));
}
