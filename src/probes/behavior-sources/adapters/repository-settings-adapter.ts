import { compared } from '../../../domain/behavior/compared.ts';
import { compareSettings } from '../../../domain/behavior/settings/compare-settings.ts';
import { namesMerges, readDeclaredSettings } from '../../../domain/behavior/settings/declared-settings.ts';
import { quoted } from '../../../domain/finding.ts';
import type { Clock } from '../../../flows/ports/clock.ts';
import type { GitHubRepository } from '../../../flows/ports/github-repository.ts';
import { noSignal } from '../no-signal.ts';
import type { SourceAdapter } from '../behavior-reader.ts';

export interface RepositorySettingsPorts {
  readonly github: Pick<GitHubRepository, 'settings' | 'rules' | 'rulesets'>;
  readonly clock: Clock;
}

/** The settings of the repository on GitHub against those that a file of the base declares. Only what it declares is asked. */
export function repositorySettingsAdapter({ github, clock }: RepositorySettingsPorts): SourceAdapter<'repository-settings'> {
  return async (source, { documents }) => {
    const file = documents.find(({ path }) => path === source.declared);
    if (file === undefined) return noSignal(`${quoted(source.declared)} was not read`);
    const reading = readDeclaredSettings(file.value);
    if (reading.kind === 'invalid') return noSignal(`${quoted(source.declared)} declares no settings: ${reading.why}`);
    const { declared } = reading;
    const branches = Object.keys(declared.rules);
    const [repository, rules, rulesets] = await Promise.all([
      declared.settings.length === 0 ? {} : github.settings({ merges: namesMerges(declared) }),
      Promise.all(branches.map(async (branch) => [branch, await github.rules(branch)] as const)),
      Object.keys(declared.rulesets).length === 0 ? [] : github.rulesets(),
    ]);
    const comparison = compareSettings(declared, { repository, rules: new Map(rules), rulesets });
    return comparison.kind === 'incomparable' ? noSignal(comparison.why) : compared(comparison.differences, clock.now());
  };
}
