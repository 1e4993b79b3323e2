import { join } from 'node:path';
import { buildCommand } from '../parts/built-command.ts';
import { inFolder } from '../parts/folder.ts';
import { compareVersions } from './compare-versions.ts';
import { comparisonReport } from './comparison-report.ts';
import { corpora } from './corpora.ts';
import type { Corpus, PublishedVersion } from './corpus.ts';
import { gateReport } from './gate-report.ts';
import { judgeVersions } from './judge-versions.ts';
import { kept } from './kept-results.ts';
import { linkedVersions } from './linked-versions.ts';
import { publishedVersions } from './published-versions.ts';

/** Judges the corpora whose names have one of the words, or all, and prints tables; every single answer is kept beside the fetched versions. */
export async function evaluateCorpora(words: readonly string[], cache: string, say: (text: string) => void): Promise<void> {
  await inFolder(async (folder) => {
    say('building');
    const command = buildCommand(folder);
    const chosen = corpora.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
    const judging = { command, folder, say };
    const judged = chosen.flatMap((corpus) => kept(join(cache, 'judged'), judgeVersions(corpus, versionsOf(corpus, cache), judging)));
    const compared = chosen.filter(({ judged: { kind } }) => kind === 'schemas').flatMap((corpus) => kept(join(cache, 'compared'), compareVersions(corpus, publishedVersions(corpus, cache), judging)));
    console.log([gateReport(judged), ...(compared.length === 0 ? [] : [comparisonReport(compared)])].join('\n\n'));
  });
}

/** Those that change a document: most versions of a package leave what it ships alone. */
function versionsOf(corpus: Corpus, cache: string): readonly PublishedVersion[] {
  const published = publishedVersions(corpus, cache);
  const versions = published.filter((version, index) => !isSame(published[index - 1], version));
  return corpus.judged.kind === 'contracts' ? linkedVersions(versions, corpus.judged.versionAt) : versions;
}

function isSame(before: PublishedVersion | undefined, { files }: PublishedVersion): boolean {
  const paths = Object.keys(files);
  return before !== undefined && paths.length === Object.keys(before.files).length && paths.every((path) => files[path] !== undefined && before.files[path]?.equals(files[path]) === true);
}
