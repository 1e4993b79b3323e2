import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { sourceDeriver } from '../../../../src/gates/governance/dependencies/source-deriver.ts';
import { deriveWith } from '../derive-with.ts';

/** The settings that are told to have changed; `unread` where a file is not read, `packages` where packages come along. */
function told(path: string, base: string | null, head: string): readonly unknown[] {
  const { actions } = deriveWith(sourceDeriver, { files: [{ path, base, head }] });
  return actions.flatMap(({ evidence }) => (evidence['unread'] === undefined ? evidence['settings'] : 'unread'));
}

const evil = 'https://evil.example.test';

for (const line of [`"regis\\u0074ry" "${evil}"`, `"https-pr\\u006fxy" "${evil}"`, `'registry' "${evil}"`, `name x registry "${evil}"`, `name, registry "${evil}"`, `  registry "${evil}"`, `? registry\n: "${evil}"`, `{registry: "${evil}"}`, `a: &a "${evil}"`, `registry >\n  ${evil}`, `a b\u2028registry "${evil}"`, 'registry']) {
  test(`attack: ${JSON.stringify(line)} in .yarnrc is no line to pass over`, () => assert.deepEqual(told('.yarnrc', '', `${line}\n`), ['unread']));
}

test('a line of .yarnrc that is not read is told without any address in it', () => {
  const [only, ...others] = deriveWith(sourceDeriver, { files: [{ path: '.yarnrc', base: '', head: "'registry' https://me:hidden@evil.example.test\n" }] }).actions.map(({ evidence }) => evidence);
  assert.deepEqual([only, others], [{ unread: 'it has a line that is no setting: "\'registry\' https:"' }, []]);
});

test('attack: names in quotes, with points in them, in tables, are one name to the program that takes them', () => {
  for (const text of [`"pypi.url" = "${evil}"`, `[pypi]\nurl = "${evil}"`, `pypi.url = "${evil}"`, `pypi = {url = "${evil}"}`, `"pypi"."url" = "${evil}"`]) assert.deepEqual(told('pdm.toml', '', `${text}\n`), ['pypi.url'], text);
  assert.deepEqual(told('pdm.toml', '', `"pypi.extra.url" = "${evil}"\n[pypi.other]\nurl = "${evil}"\n`), ['pypi.extra.url', 'pypi.other.url']);
  for (const text of ['"certificates.x.cert" = false', '[certificates.x]\ncert = false', '[repositories.x]\nurl = "u"']) assert.equal(told('poetry.toml', '', `${text}\n`).length, 1, text);
});

for (const [path, base, head, names] of [
  ['uv.toml', '', '[pip]\nverify-hashes = false\n', ['pip.verify-hashes']], ['uv.toml', '[pip]\nrequire-hashes = true\n', '[pip]\nrequire-hashes = false\n', ['pip.require-hashes']], ['uv.toml', '[pip]\nrequire-hashes = true\n', '', ['pip.require-hashes']],
  ['pip.conf', '[install]\nrequire-hashes = true\n', '', ['install.require-hashes']], ['pip.conf', '', '[install]\ngroup = x/pyproject.toml:evil\n', ['install.group']], ['pip.conf', '', '[install]\nrequirements-from-script = evil.py\n', ['install.requirements-from-script']], ['pip.conf', '', '[global]\nuse-deprecated = x\ncache-dir = evil\n', ['global.cache-dir', 'global.use-deprecated']],
  ['.npmrc', '', 'package-lock=false\n', ['package-lock']], ['.npmrc', '', 'shrinkwrap=false\nlockfile=false\nfrozen-lockfile=false\n', ['frozen-lockfile', 'lockfile', 'shrinkwrap']], ['.npmrc', '', `node-mirror:release=${evil}\nuse-node-version=20.0.0\n`, ['node-mirror:release', 'use-node-version']],
  ['.npmrc', '', 'pnpmfile=evil.cjs\nglobal-pnpmfile=x\nignore-pnpmfile=true\n', ['global-pnpmfile', 'ignore-pnpmfile', 'pnpmfile']], ['.npmrc', '', 'git=./evil.sh\nlockfile-dir=other\nstore-dir=evil\ncache=evil\n', ['cache', 'git', 'lockfile-dir', 'store-dir']], ['.npmrc', '', '//index.example.test/:cafile=evil.pem\n//index.example.test/:tokenHelper=/evil\n', ['//index.example.test/:cafile', '//index.example.test/:tokenhelper']],
  ['.npmrc', 'min-release-age=7\n', '', ['min-release-age']], ['.npmrc', '', '[a]\n', ['[a]']], ['.npmrc', '', 'not-known-today=1\n', ['not-known-today']], ['.npmrc', '', 'tag=evil\n', ['tag']],
  ['pnpm-workspace.yaml', '', 'pnpmfile: ./evil.cjs\nlockfile: false\nlockfileDir: other\nuseNodeVersion: 20.0.0\nnodeDownloadMirrors: {release: x}\nminimumReleaseAge: 0\n', ['lockfile', 'lockfileDir', 'minimumReleaseAge', 'nodeDownloadMirrors', 'pnpmfile', 'useNodeVersion']],
  ['.yarnrc', '', 'yarn-offline-mirror "./evil"\n"--install.no-lockfile" true\n--install.frozen-lockfile false\nunsafe-disable-integrity-migration true\n', ['--install.frozen-lockfile', '--install.no-lockfile', 'unsafe-disable-integrity-migration', 'yarn-offline-mirror']], ['.yarnrc', '', `registry: ${evil}\n`, ['registry']],
  ['.yarnrc.yml', 'enableHardenedMode: true\n', 'enableHardenedMode: false\n', ['enableHardenedMode']], ['.yarnrc.yml', '', 'lockfileFilename: other.lock\nenableImmutableInstalls: false\ncacheFolder: ./evil\nnpmMinimalAgeGate: 0\ninjectEnvironmentFiles: [.env.evil]\n', ['cacheFolder', 'enableImmutableInstalls', 'injectEnvironmentFiles', 'lockfileFilename', 'npmMinimalAgeGate']],
  ['.yarnrc.yml', '', `npmRegistries: {"//evil.example.test": {npmAuthToken: a, unknown: b}}\nnpmScopes: evil\nnetworkSettings: {h: evil}\n`, ['networkSettings.h', 'npmRegistries.//evil.example.test.unknown', 'npmScopes']],
  ['bunfig.toml', '', '[install.lockfile]\nsave = false\n[install.cache]\ndir = "evil"\n', ['install.cache', 'install.lockfile']],
] as const) {
  test(`attack: ${JSON.stringify(head === '' ? `without ${base}` : head)} in ${path} loosens what is checked, or moves packages, and is told`, () => assert.deepEqual(told(path, base, head), names));
}

test('what package managers are set to otherwise is no action', () => {
  for (const [path, text] of [
    ['.npmrc', '; why\n\nsave-exact = true\nfund=false\naudit=false\nengine-strict=true\nlegacy-peer-deps=true\nauto-install-peers=true\nshamefully-hoist=true\npublic-hoist-pattern[]=*types*\nnode-linker=hoisted\n//index.example.test/:_authToken=${TOKEN}\n//index.example.test/:always-auth=true\nloglevel=error\nsave-prefix=\nupdate-notifier=false\n'],
    ['pnpm-workspace.yaml', 'packages: [a]\nonlyBuiltDependencies: [esbuild]\nignoredBuiltDependencies: [x]\nautoInstallPeers: true\nlinkWorkspacePackages: true\nsaveExact: true\npeerDependencyRules: {}\nsupportedArchitectures: {os: [linux]}\npatchedDependencies: {a: a.patch}\nnodeLinker: hoisted\n'],
    ['.yarnrc', '# why\nlastUpdateCheck 1700000000000\nsave-prefix ""\n"--install.ignore-engines" true\nnetwork-timeout 600000\nversion-git-message "v%s"\n'], ['.yarnrc.yml', 'nodeLinker: node-modules\nenableTelemetry: false\ncompressionLevel: mixed\nnmHoistingLimits: workspaces\nlogFilters: [{code: YN0002, level: discard}]\nnpmScopes: {s: {npmAuthToken: x}}\nenableGlobalCache: false\n'],
    ['bunfig.toml', 'telemetry = false\n[install]\nexact = true\nsaveTextLockfile = true\n[test]\ncoverage = true\n'], ['pip.conf', '[global]\ntimeout = 60\ndisable-pip-version-check = true\nno_cache_dir = true\n[freeze]\nlocal = true\n'], ['poetry.toml', '[virtualenvs]\nin-project = true\ncreate = true\n[virtualenvs.options]\nno-pip = true\n[installer]\nmax-workers = 4\n'],
    ['pdm.toml', 'check_update = false\n[venv]\nin_project = true\n[install]\ncache = true\n[python]\nuse_venv = true\n'], ['uv.toml', 'link-mode = "copy"\n[pip]\ngenerate-hashes = true\n'],
  ] as const) assert.deepEqual(told(path, '', text), [], path);
});

test('attack: settings that a manifest has of its own are told', () => {
  const toldIn = (path: string, head: string) => deriveWith(dependencyDeriver, { files: [{ path, base: path === 'package.json' ? '{}' : '', head }] }).actions.map(({ evidence }) => JSON.parse(JSON.stringify(evidence['elsewhere'])).names);
  for (const pip of [`index-url = "${evil}"`, `extra_index_url = ["${evil}"]`, `[tool.pip-tools.compile]\nfind-links = ["${evil}"]`, `[tool.pip-tools.sync]\ntrusted-host = ["${evil}"]`, 'pip-args = "-i x"']) assert.equal(toldIn('pyproject.toml', `[tool.pip-tools]\n${pip}\n`).length, 1, pip);
  assert.deepEqual(toldIn('pyproject.toml', '[tool.pip-tools]\ngenerate-hashes = true\nstrip_extras = true\n[tool.pip-tools.compile]\nresolver = "backtracking"\n'), []);
  assert.deepEqual(toldIn('pyproject.toml', '[tool.uv.pip]\nverify-hashes = false\n'), [['index (tool.uv.pip.verify-hashes = false)']]);
  assert.deepEqual(toldIn('package.json', '{"pnpm": {"executionEnv": {"nodeVersion": "20.0.0"}, "onlyBuiltDependencies": ["a"], "peerDependencyRules": {}}}'), [['index (pnpm.executionEnv = {"nodeVersion":"20.0.0"})']]);
});
