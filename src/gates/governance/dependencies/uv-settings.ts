import type { TomlTable } from './toml-table.ts';

/** Of uv and its part `pip`: what moves no package to another place, and is not unchecked by it; and what names packages, which is read as such. */
const harmless = new Set([
  'all-extras', 'allow-empty-requirements', 'annotation-style', 'break-system-packages', 'build-backend', 'cache-keys', 'check-url', 'compile-bytecode', 'concurrent-builds', 'concurrent-downloads', 'concurrent-installs',
  'config-settings', 'config-settings-package', 'conflicts', 'custom-compile-command', 'default-groups', 'dependency-groups', 'emit-build-options', 'emit-find-links', 'emit-index-annotation', 'emit-index-url',
  'emit-marker-expression', 'environments', 'exclude-newer', 'exclude-newer-package', 'extra', 'fork-strategy', 'generate-hashes', 'group', 'keyring-provider', 'link-mode', 'managed', 'no-annotate', 'no-binary', 'no-binary-package',
  'no-build', 'no-build-isolation', 'no-build-isolation-package', 'no-build-package', 'no-cache', 'no-deps', 'no-emit-package', 'no-extra', 'no-header', 'no-strip-extras', 'no-strip-markers', 'offline', 'only-binary', 'output-file', 'package', 'pip',
  'prefix', 'prerelease', 'preview', 'publish-url', 'python', 'python-downloads', 'python-platform', 'python-preference', 'python-version', 'reinstall', 'reinstall-package', 'required-environments', 'required-version',
  'resolution', 'sources', 'strict', 'system', 'target', 'trusted-publishing', 'universal', 'upgrade', 'upgrade-package', 'workspace',
  'build-constraint-dependencies', 'constraint-dependencies', 'dependency-metadata', 'dev-dependencies', 'exclude-dependencies', 'extra-build-dependencies', 'override-dependencies',
]);

/** All other settings, by their names: where packages come from, over which proxy, unchecked. One that is not known is among them. */
export function uvSettings(table: TomlTable): readonly string[] {
  return Object.keys(table).filter((name) => !harmless.has(name)).toSorted();
}
