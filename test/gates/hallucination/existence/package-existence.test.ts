import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { limits } from '../../../../src/domain/limits.ts';
import type { PackageAnswer } from '../../../../src/domain/probe-answer.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { judgedPackages } from './judged-packages.ts';
import type { PackagesChange } from './judged-packages.ts';

const manifest = (dependencies: Readonly<Record<string, string>>, more: object = {}): string => JSON.stringify({ name: 'shop', dependencies, ...more });
const integrity = `sha512-${'a'.repeat(86)}==`;
const lock = (packages: Readonly<Record<string, object>>): string => JSON.stringify({ lockfileVersion: 3, packages });
const exists: PackageAnswer = { kind: 'exists' };

suite('packages of a change', () => {
  test('that a registry has pass, and those that stood there are not asked for', () => {
    const { verdict, asked } = judgedPackages({ files: { 'package.json': [manifest({ old: '^1' }), manifest({ old: '^1', fresh: '^2.0.0' })] }, packages: { 'npm:fresh': exists } });
    assert.deepEqual([verdict.verdict, asked, verdict.covered], ['pass', ['npm:fresh ^2.0.0'], ['package.json']]);
  });

  test('that no registry has fail, with the place', () => {
    const { verdict, told } = judgedPackages({ files: { 'package.json': '{\n "dependencies": {\n  "invented": "^1"\n }\n}' } });
    assert.equal(verdict.verdict, 'fail');
    assert.deepEqual(told, ['package_missing: "invented" is no package: the registry of npm has none of this name.']);
    assert.deepEqual(verdict.findings.map(({ path, line, column }) => ({ path, line, column })), [{ path: 'package.json', line: 3, column: 3 }]);
  });

  test('that no registry has are told where the change names them, and not once more for the evidence that declares them', () => {
    const document = { references: { dependencies: ['pkg:npm/invented@1.0.0', 'pkg:npm/other@1.0.0'] } };
    const { told } = judgedPackages({ files: { 'package.json': manifest({ invented: '1.0.0' }) }, document });
    assert.deepEqual(told.map((one) => /"(\w+)" is no package/.exec(one)?.[1] ?? '').toSorted(), ['invented', 'other']);
    const versions = judgedPackages({ files: { 'package.json': manifest({ a: '1.0.0' }) }, packages: { 'npm:a': { kind: 'missing', what: 'version' } }, document: { references: { dependencies: ['pkg:npm/a@1.0.0', 'pkg:npm/a@2.0.0'] } } });
    assert.deepEqual(versions.told.map((one) => /"([12][^"]*)"/.exec(one)?.[1] ?? '').toSorted(), ['1.0.0', '2.0.0']);
  });

  test('of which the wanted version is not there, or that were taken back, fail with that word', () => {
    const { verdict, told } = judgedPackages({ files: { 'package.json': manifest({ a: '^9.0.0' }), 'requirements.txt': 'Flask_Login==2.9\n' }, packages: { 'npm:a': { kind: 'missing', what: 'version' }, 'pypi:flask-login': { kind: 'withdrawn', word: 'yanked' } } });
    assert.equal(verdict.verdict, 'fail');
    assert.deepEqual(told, ['package_missing: "a" has no version that is "^9.0.0", says the registry of npm.', 'package_missing: "flask-login" "==2.9" was there, and is not any more: yanked, says the index of Python packages.']);
  });

  test('are inconclusive while a registry is away', () => {
    const { verdict, told } = judgedPackages({ files: { 'package.json': manifest({ a: '1', b: '2' }) }, world: { unavailable: ({ kind }) => kind === 'package' } });
    assert.equal(verdict.verdict, 'inconclusive');
    assert.deepEqual(told, ['unverifiable: Cannot tell whether "a", "b" exist: the test says so.']);
  });

  test('are left to the App where nobody is asked, and it is said', () => {
    const { verdict } = judgedPackages({ files: { 'package.json': manifest({ a: '1' }) }, packages: { 'npm:a': { kind: 'left' } } });
    assert.deepEqual([verdict.verdict, verdict.skipped.map(({ rule, why }) => `${rule}: ${why}`)], ['pass', ['hallucination/package_missing: whether one package exists is asked by the App: no registry is asked without --online']]);
  });

  test('that the base locks with their content exist without being asked for, of another version where the name is public they are asked', () => {
    const base = { 'package-lock.json': lock({ 'node_modules/a': { version: '1.2.3', integrity }, 'node_modules/b': { version: '1.0.0', integrity }, 'node_modules/c': { version: '1.0.0' } }) };
    const { verdict, asked } = judgedPackages({ files: { 'app/package.json': manifest({ a: '^1.0.0', b: '^2.0.0', c: '^1.0.0' }) }, base, packages: { 'npm:b': exists, 'npm:c': exists } });
    assert.deepEqual([verdict.verdict, asked], ['pass', ['npm:b ^2.0.0', 'npm:c ^1.0.0']]);
  });

  test('of the workspace exist, unless another version is wanted than is there', () => {
    const world: World = { imports: () => ({ kind: 'looked', modules: 0, broken: [], untold: [], unlooked: null, own: [{ name: '@me/a', version: '1.0.0' }] }) };
    const { asked } = judgedPackages({ files: { 'package.json': manifest({ '@me/a': '^1.0.0', '@me/b': 'workspace:*', near: 'file:../near' }), 'x/package.json': manifest({ '@me/a': '^2.0.0' }) }, world });
    assert.deepEqual(asked, ['npm:@me/a ^2.0.0']);
  });

  test('are not asked for while it is not known which are the repository\'s own, or what the base says of registries', () => {
    const files = { 'package.json': manifest({ a: '1' }) };
    for (const kind of ['imports', 'file-at'] as const) {
      const { verdict, asked } = judgedPackages({ files, packages: { 'npm:a': exists }, world: { unavailable: (request) => request.kind === kind } });
      assert.deepEqual([kind, verdict.verdict, asked], [kind, 'inconclusive', []]);
    }
    const untold = judgedPackages({ files, world: { imports: () => ({ kind: 'undecided', why: 'too many files', own: null }) } });
    assert.deepEqual([untold.verdict.verdict, untold.asked], ['hold', []]);
  });

  test('that come from an address, another ecosystem, or a file that can not be read are held', () => {
    const { verdict, told, asked } = judgedPackages({ files: { 'package.json': manifest({ a: 'github:me/a', b: 'https://example.test/b.tgz' }), 'go.mod': 'module x\n', 'bun.lock': '{}', 'broken/package.json': '{' } });
    assert.equal(verdict.verdict, 'hold');
    assert.deepEqual(told.map((one) => one.slice(0, 60)), [
      'not_checkable: Cannot tell whether "a", "b" exist: it comes ',
      'not_checkable: Cannot tell which packages "broken/package.js',
      'not_checkable: Cannot tell which packages "bun.lock" names: ',
      'not_checkable: Cannot tell whether the packages that "go.mod',
    ]);
    assert.deepEqual(asked, []);
  });

  test('that fetch other packages, and names of runtimes, are none', () => {
    assert.deepEqual(judgedPackages({ files: { 'package.json': manifest({}, { packageManager: 'yarn@4.1.0', devEngines: { runtime: { name: 'node', version: '24' } } }) } }).asked, []);
  });

  test('beyond as many as are asked for are held', () => {
    const many = Object.fromEntries(Array.from({ length: limits.askedPackages + 2 }, (_, index) => [`p${index}`, '1']));
    const { verdict, told, asked } = judgedPackages({ files: { 'package.json': manifest(many) }, packages: Object.fromEntries(Object.keys(many).map((name) => [`npm:${name}`, exists])) });
    assert.deepEqual([verdict.verdict, asked.length, told.length], ['hold', limits.askedPackages, 1]);
    assert.match(told[0] ?? '', /^not_checkable: Cannot tell whether "p98", "p99" exist: the change names more than 500/);
  });
});

const locks: readonly (readonly [path: string, text: string, asked: readonly string[]])[] = [
  ['package-lock.json', lock({ '': { dependencies: { a: '1' } }, 'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a/-/a-1.0.0.tgz', integrity } }), ['npm:a 1.0.0 <https://registry.example>']],
  ['yarn.lock', `# yarn lockfile v1\n\n\na@^1:\n  version "1.0.0"\n  resolved "https://registry.example/a/-/a-1.0.0.tgz#1"\n  integrity ${integrity}\n`, ['npm:a 1.0.0 <https://registry.example>']],
  ['yarn.lock', '__metadata:\n  version: 8\n\n"a@npm:^1":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  checksum: 10c0/aa\n  languageName: node\n  linkType: hard\n\n"me@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "me@workspace:."\n  languageName: unknown\n  linkType: soft\n', ['npm:a 1.0.0']],
  ['pnpm-lock.yaml', `lockfileVersion: "9.0"\nimporters:\n  .:\n    dependencies:\n      l:\n        specifier: workspace:*\n        version: link:../l\npackages:\n  a@1.0.0:\n    resolution: {integrity: ${integrity}}\n`, ['npm:a 1.0.0']],
  ['poetry.lock', '[[package]]\nname = "Flask_Login"\nversion = "1.0"\nfiles = []\n', ['pypi:flask-login ==1.0']],
  ['uv.lock', 'version = 1\n[[package]]\nname = "a"\nversion = "1.0"\nsource = { registry = "https://index.example/simple" }\n[[package]]\nname = "me"\nversion = "0.1"\nsource = { editable = "." }\n', ['pypi:a ==1.0 <https://index.example/simple>']],
];

suite('entries of lock files', () => {
  for (const [path, text, asked] of locks) {
    test(`${path} that are new are asked for, and members of the workspace are not: ${asked.join()}`, () => {
      assert.deepEqual(judgedPackages({ files: { [path]: text }, packages: { 'npm:a': exists, 'pypi:a': exists, 'pypi:flask-login': exists } }).asked, asked);
    });
  }
});

const privately: readonly (readonly [what: string, change: PackagesChange, asked: readonly string[]])[] = [
  ['a scope that `registries` lists', { files: { 'package.json': manifest({ '@acme/secret': '1', open: '1' }) }, registries: { npm: { names: ['@acme'] } } }, ['npm:open 1']],
  ['a name with `*` that `registries` lists', { files: { 'requirements.txt': 'acme_secret==1\nopen==1\n' }, registries: { 'pypi.internal': { names: ['Acme-*'] } } }, ['pypi:open ==1']],
];

suite('private names', () => {
  for (const [what, change, asked] of privately) {
    test(`of ${what} are asked of nobody, and held`, () => {
      const seen = judgedPackages({ ...change, packages: { 'npm:open': exists, 'pypi:open': exists } });
      assert.deepEqual([seen.verdict.verdict, seen.asked], ['hold', asked]);
      assert.match(seen.told.join(), /^not_checkable: Cannot tell whether "(?:@acme\/secret|acme-secret)" exists: its name is listed as private/);
    });
  }

  test('that the base locks with their content exist, in whatever version', () => {
    const base = { 'package-lock.json': lock({ 'node_modules/@acme/secret': { version: '1.0.0', integrity } }) };
    const { verdict, asked } = judgedPackages({ files: { 'package.json': manifest({ '@acme/secret': '^2' }) }, base, registries: { npm: { names: ['@acme'] } } });
    assert.deepEqual([verdict.verdict, asked], ['pass', []]);
  });

  const settings: readonly (readonly [path: string, text: string, manifestPath: string, asked: readonly string[]])[] = [
    ['.npmrc', '@acme:registry=https://npm.acme.example/\n//npm.acme.example/:_authToken=${TOKEN}\n', 'package.json', ['npm:@acme/secret 1 <https://npm.acme.example/>', 'npm:open 1']],
    ['.npmrc', 'registry=${REGISTRY}\n', 'app/package.json', ['npm:@acme/secret 1 <${REGISTRY}>', 'npm:open 1 <${REGISTRY}>']],
    ['.yarnrc.yml', 'npmScopes:\n  acme:\n    npmRegistryServer: "https://npm.acme.example"\n', 'package.json', ['npm:@acme/secret 1 <https://npm.acme.example>', 'npm:open 1']],
    ['.yarnrc', 'registry "https://npm.acme.example"\n', 'package.json', ['npm:@acme/secret 1 <https://npm.acme.example>', 'npm:open 1 <https://npm.acme.example>']],
    ['bunfig.toml', '[install.scopes]\nacme = { url = "https://npm.acme.example", token = "$T" }\n', 'package.json', ['npm:@acme/secret 1 <https://npm.acme.example>', 'npm:open 1']],
    ['.bunfig.toml', '[install.scopes]\nacme = "https://npm.acme.example"\n', 'package.json', ['npm:@acme/secret 1 <https://npm.acme.example>', 'npm:open 1']],
    ['pnpm-workspace.yaml', 'packages: [app]\nregistries:\n  "@acme": https://npm.acme.example/\n', 'app/package.json', ['npm:@acme/secret 1 <https://npm.acme.example/>', 'npm:open 1']],
    ['pnpm-workspace.yaml', 'registries:\n  default: https://npm.acme.example/\n', 'package.json', ['npm:@acme/secret 1 <https://npm.acme.example/>', 'npm:open 1 <https://npm.acme.example/>']],
    ['pnpm-workspace.yaml', '"@acme:registry": https://npm.acme.example/\n', 'package.json', ['npm:@acme/secret 1 <https://npm.acme.example/>', 'npm:open 1']],
    ['.npmrc', '\uFFFF\0', 'package.json', ['npm:@acme/secret 1 <what .npmrc names, which can not be read>', 'npm:open 1 <what .npmrc names, which can not be read>']],
  ];
  for (const [path, text, at, asked] of settings) {
    test(`of an index that ${path} of the base names go with that index, which alone may be asked: ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.deepEqual(judgedPackages({ files: { [at]: manifest({ '@acme/secret': '1', open: '1' }) }, base: { [path]: text } }).asked, asked);
    });
  }

  const python: readonly (readonly [path: string, text: string, index: string])[] = [
    ['pip.conf', '[global]\nextra-index-url = https://pypi.acme.example/simple\n', ' <https://pypi.acme.example/simple>'],
    ['.pdm.toml', '[pypi]\nurl = "https://pypi.acme.example/simple"\n', ' <https://pypi.acme.example/simple>'],
    ['uv.toml', '[[index]]\nurl = "https://pypi.acme.example/simple"\n', ' <https://pypi.acme.example/simple>'],
    ['uv.toml', '[[index]]\nurl = "https://pypi.acme.example/simple"\nexplicit = true\n', ''],
    ['pyproject.toml', '[[tool.poetry.source]]\nname = "acme"\nurl = "https://pypi.acme.example/simple"\n', ' <https://pypi.acme.example/simple>'],
    ['pyproject.toml', '[[tool.poetry.source]]\nname = "acme"\nurl = "https://pypi.acme.example/simple"\npriority = "explicit"\n', ''],
    ['Pipfile', '[[source]]\nname = "acme"\nurl = "https://pypi.acme.example/simple"\n', ' <https://pypi.acme.example/simple>'],
  ];
  for (const [path, text, index] of python) {
    test(`of Python: ${path} of the base ${index === '' ? 'names an index only for who asks for it' : 'may mean any name'} (${text.length})`, () => {
      assert.deepEqual(judgedPackages({ files: { 'requirements-dev.txt': 'secret\n' }, base: { [path]: text } }).asked, [`pypi:secret -${index}`]);
    });
  }

  test('of an index that the change itself names go with it too: nothing that may be private leaves', () => {
    assert.deepEqual(judgedPackages({ files: { 'package.json': manifest({ '@acme/secret': '1' }), '.npmrc': '@acme:registry=https://npm.acme.example/\n' } }).asked, ['npm:@acme/secret 1 <https://npm.acme.example/>']);
    assert.deepEqual(judgedPackages({ files: { 'requirements.txt': '--extra-index-url https://pypi.acme.example/simple\nsecret\n' } }).asked, ['pypi:secret - <https://pypi.acme.example/simple>']);
  });

  test('attack: a lock entry that says another registry than the base does takes nothing from that', () => {
    const text = lock({ 'node_modules/@acme/secret': { version: '1.0.0', resolved: 'https://registry.example/@acme/secret/-/secret-1.0.0.tgz', integrity } });
    assert.deepEqual(judgedPackages({ files: { 'package-lock.json': text }, base: { '.npmrc': '@acme:registry=https://npm.acme.example/\n' } }).asked, ['npm:@acme/secret 1.0.0 <https://npm.acme.example/ https://registry.example>']);
  });

  test('that registries which are not set would have are held', () => {
    const { verdict, told } = judgedPackages({ files: { 'package.json': manifest({ '@acme/secret': '1' }) }, packages: { 'npm:@acme/secret': { kind: 'unasked', why: 'it comes from another registry than the one that is set' } } });
    assert.deepEqual([verdict.verdict, told], ['hold', ['not_checkable: Cannot tell whether "@acme/secret" exists: it comes from another registry than the one that is set. It is held: a person may release it.']]);
  });
});

suite('evidence about packages', () => {
  const files = { 'package.json': [manifest({ old: '1' }), manifest({ old: '1', '@s/fresh': '^2' })] } as const;

  test('that declares what the change adds is told nothing, and what it does not declare is undeclared', () => {
    const declared = judgedPackages({ files, packages: { 'npm:@s/fresh': exists }, document: { references: { dependencies: ['pkg:npm/%40s/fresh@2.0.0'] } } });
    assert.deepEqual(declared.told, []);
    const silent = judgedPackages({ files, packages: { 'npm:@s/fresh': exists }, document: {} });
    assert.deepEqual([silent.told, silent.verdict.verification?.references.undeclared], [['dependency_undeclared: The change adds "@s/fresh", and no evidence declares it.'], ['pkg:npm/%40s/fresh']]);
  });

  test('is asked for by name and version, and fails where there is none', () => {
    const { told, asked, verdict } = judgedPackages({ files: { 'README.md': 'x' }, document: { references: { dependencies: ['pkg:pypi/Invented_Thing@1.0', 'pkg:cargo/serde'] } } });
    assert.deepEqual([asked, told], [['pypi:invented-thing ==1.0'], ['package_missing: "invented-thing" is no package: the index of Python packages has none of this name.', 'not_checkable: Cannot tell whether the packages of "cargo" that the evidence declares exist: no registry of theirs is asked. It is held: a person may release it.']]);
    assert.deepEqual([verdict.verdict, verdict.verification?.references.missing], ['fail', ['pkg:pypi/invented-thing']]);
  });

  test('names a private package, and that is asked of nobody', () => {
    assert.deepEqual(judgedPackages({ files: { 'README.md': 'x' }, base: { '.npmrc': '@acme:registry=https://npm.acme.example/\n' }, document: { references: { dependencies: ['pkg:npm/%40acme/secret'] } } }).asked, ['npm:@acme/secret - <https://npm.acme.example/>']);
  });

  test('is told that a name is near a popular one, which decides nothing', () => {
    const { told, verdict } = judgedPackages({ files: { 'package.json': manifest({ loadsh: '1' }) }, packages: { 'npm:loadsh': { kind: 'exists', near: 'lodash' } } });
    assert.deepEqual([verdict.verdict, told], ['pass', ['typosquat_hint: "loadsh" is named nearly like "lodash", which very many use: it may be another one than was meant.']]);
  });
});
