import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { declaredPackages } from './document-packages.ts';

/** Files by which other ecosystems name packages: their registries nobody here asks. */
const manifests: ReadonlyMap<string, string> = new Map([
  ['go.mod', 'Go'],
  ['cargo.toml', 'Rust'],
  ['gemfile', 'Ruby'],
  ['gems.rb', 'Ruby'],
  ['pom.xml', 'Java'],
  ['build.gradle', 'Java'],
  ['build.gradle.kts', 'Java'],
  ['libs.versions.toml', 'Java'],
  ['build.sbt', 'Scala'],
  ['project.clj', 'Clojure'],
  ['deps.edn', 'Clojure'],
  ['composer.json', 'PHP'],
  ['packages.config', '.NET'],
  ['directory.packages.props', '.NET'],
  ['directory.build.props', '.NET'],
  ['paket.dependencies', '.NET'],
  ['mix.exs', 'Elixir'],
  ['pubspec.yaml', 'Dart'],
  ['package.swift', 'Swift'],
  ['podfile', 'CocoaPods'],
  ['vcpkg.json', 'C++'],
  ['conanfile.txt', 'C++'],
  ['conanfile.py', 'C++'],
  ['rebar.config', 'Erlang'],
  ['cpanfile', 'Perl'],
  ['deno.json', 'Deno'],
  ['deno.jsonc', 'Deno'],
  ['jsr.json', 'Deno'],
  ['environment.yml', 'conda'],
  ['environment.yaml', 'conda'],
  ['conda.yml', 'conda'],
  ['conda.yaml', 'conda'],
  // A program, of which nobody can tell what it names.
  ['setup.py', 'setup.py'],
]);

const endings: readonly (readonly [RegExp, string])[] = [
  [/\.(?:cs|fs|vb)proj$/, '.NET'],
  [/\.gemspec$/, 'Ruby'],
  [/\.cabal$/, 'Haskell'],
];

/** Changed manifests, and declared packages, of ecosystems that no adapter is for. */
export function otherEcosystems(change: GroundedChange): readonly Finding[] {
  const changed = changedFiles(change.snapshot).filter(({ head, base }) => head !== null && head.blob !== base?.blob).flatMap(({ path }) => {
    const ecosystem = ecosystemOf(path);
    return ecosystem === null ? [] : [finding({ code: 'hallucination/not_checkable', path, subject: ecosystem, message: `Cannot tell whether the packages that ${quoted(path)} names exist: no registry of ${ecosystem} is asked. It is held: a person may release it.`, expected: 'packages of npm or PyPI', found: ecosystem, next: 'Ask the approvers of tier 3 to look at it.' })];
  });
  const declared = [...new Set(declaredPackages(change).map(({ type }) => type).filter((type) => type !== 'npm' && type !== 'pypi'))];
  return [...changed, ...declared.map((type) => finding({ code: 'hallucination/not_checkable', subject: `purl ${type}`, message: `Cannot tell whether the packages of ${quoted(type)} that the evidence declares exist: no registry of theirs is asked. It is held: a person may release it.`, expected: 'packages of npm or PyPI', found: type, next: 'Ask the approvers of tier 3 to look at it.' }))];
}

function ecosystemOf(path: string): string | null {
  const name = path.toLowerCase().slice(path.lastIndexOf('/') + 1);
  if (/(?:^|\/)(?:node_modules|vendor)\//.test(path)) return null;
  return manifests.get(name) ?? endings.find(([ending]) => ending.test(name))?.[1] ?? null;
}
