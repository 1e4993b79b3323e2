import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../../../src/domain/limits.ts';
import { sourceDeriver } from '../../../../src/gates/governance/dependencies/source-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aSide } from '../../../builders/content.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { actionsOf, deriveWith } from '../derive-with.ts';
import { workedWithin } from '../worked-within.ts';

function derive(files: readonly Partial<FileInput>[], world: World = {}) {
  return deriveWith(sourceDeriver, { files: files.map((file) => ({ path: '.npmrc', ...file })), world });
}

/** The settings that are told to have changed. */
function changed(path: string, base: string | null, head: string | null): unknown {
  return derive([{ path, base, head }]).actions.map(({ evidence }) => evidence['settings'])[0] ?? [];
}

const at = 'https://me:hidden@index.example.test/simple';

test('a setting that says where packages come from is told by its name, never by its value', () => {
  const { actions, findings } = derive([{ base: 'save-exact=true\n', head: `save-exact=true\nregistry = ${at}\n@corp:registry=${at}\n` }]);
  assert.deepEqual(findings, []);
  assert.deepEqual(actions, [{
    action: 'dependency.add',
    tier: 2,
    subject: { path: '.npmrc' },
    paths: ['.npmrc'],
    why: '".npmrc" changes where packages come from, or how that is checked: "@corp:registry" (and 1 more).',
    evidence: { settings: ['@corp:registry', 'registry'], count: 2 },
    place: { path: '.npmrc', line: 1, column: 1 },
    finding: null,
    remedy: 'Leave these settings as the base has them.',
  }]);
});

test('settings are found in the files of each package manager', () => {
  assert.deepEqual(changed('.npmrc', null, `; registry=x\n"registry"=${at}\n`), ['registry']);
  assert.deepEqual(changed('a/.yarnrc', null, `registry "${at}"\n"@s:registry" "${at}"\n`), ['@s:registry', 'registry']);
  assert.deepEqual(changed('.yarnrc.yml', null, `nodeLinker: node-modules\nnpmRegistryServer: "${at}"\nnpmScopes: {s: {npmRegistryServer: "${at}", npmAuthToken: x}}\n`), ['npmRegistryServer', 'npmScopes.s.npmRegistryServer']);
  assert.deepEqual(changed('.yarnrc.yml', null, `defaultProtocol: "${at}/a.tgz?"\n`), ['defaultProtocol']);
  assert.deepEqual(changed('bunfig.toml', null, `[install]\nregistry = "${at}"\n[install.scopes]\ns = {url = "${at}"}\n`), ['install.registry', 'install.scopes']);
  for (const name of ['pip.conf', 'pip.ini', 'config/PIP.ini']) assert.deepEqual(changed(name, null, `[global]\ntimeout = 1\nindex_url: ${at}\n[install]\nextra-index-url =\n  ${at}\n`), ['global.index-url', 'install.extra-index-url']);
  assert.deepEqual(changed('uv.toml', null, `index-url = "${at}"\n[[index]]\nurl = "${at}"\n[pip]\nfind-links = ["${at}"]\n`), ['index', 'index-url', 'pip.find-links']);
});

test('what a package manager checks of a source, and whom it reaches it by, are settings too', () => {
  assert.deepEqual(changed('.npmrc', null, 'https-proxy=http://p.example.test\nstrict-ssl=false\ncafile=a.pem\nca[]=x\n'), ['ca', 'cafile', 'https-proxy', 'strict-ssl']);
  assert.deepEqual(changed('.yarnrc', null, `strict-ssl false\n--install.registry "${at}"\nyarn-path "x.js"\n`), ['--install.registry', 'strict-ssl', 'yarn-path']);
  assert.deepEqual(changed('.yarnrc.yml', null, 'enableStrictSsl: false\nhttpsProxy: x\nnetworkSettings: {h: {httpsCaFilePath: y}}\nyarnPath: a.cjs\nplugins: [{path: b, spec: c}]\npackageExtensions: {a: {}}\ncatalog: {a: "1"}\nchecksumBehavior: ignore\n'), ['catalog', 'checksumBehavior', 'enableStrictSsl', 'httpsProxy', 'networkSettings.h.httpsCaFilePath', 'packageExtensions', 'plugins', 'yarnPath']);
  assert.deepEqual(changed('pnpm-workspace.yaml', null, `packages: [a]\nregistries: {default: "${at}"}\nstrictSsl: false\n`), ['registries', 'strictSsl']);
  assert.deepEqual(changed('bunfig.toml', null, '[install]\ncafile = "x"\nsecurity = {scanner = "y"}\n'), ['install.cafile', 'install.security']);
  assert.deepEqual(changed('pip.conf', null, '[global]\nproxy = x\ncert = y\n[install]\nrequirement = z.list\n'), ['global.cert', 'global.proxy', 'install.requirement']);
  assert.deepEqual(changed('uv.toml', null, 'allow-insecure-host = ["x"]\nindex-strategy = "unsafe-best-match"\noverride-dependencies = ["a"]\n'), ['allow-insecure-host', 'index-strategy', 'override-dependencies']);
  assert.deepEqual(changed('pdm.toml', null, '[pypi]\nverify_ssl = false\n'), ['pypi.verify_ssl']);
  assert.deepEqual(changed('poetry.toml', null, '[certificates.x]\ncert = false\n[virtualenvs]\ncreate = true\n'), ['certificates.x.cert']);
});

test('attack: a setting is found in whatever spelling its program takes', () => {
  for (const line of [`registry[]=${at}`, `save-exact=true\rregistry=${at}`, `registry;x=${at}`, `registry # x = ${at}`, `"regi\\u0073try"=${at}`, `'registry' = ${at}`]) assert.deepEqual(changed('.npmrc', null, `${line}\n`), ['registry'], line);
  assert.deepEqual(changed('.npmrc', null, `\${NONE?}registry=${at}\n`), ['${none?}registry']);
  for (const line of [`  index-url = ${at}`, `timeout = 1\rindex-url = ${at}`, `--index-url = ${at}`, `\u001cindex-url\u001c= ${at}`, `  timeout = 1\n  index-url = ${at}`]) assert.deepEqual(changed('pip.conf', null, `[global]\n${line}\n`), ['global.index-url'], line);
});

test('a setting that changes or goes is told, and what it does not say where packages come from is not', () => {
  assert.deepEqual(changed('.npmrc', `@corp:registry=${at}\n`, ''), ['@corp:registry']);
  assert.deepEqual(changed('pip.conf', `[global]\nextra-index-url =\n  ${at}\n`, `[global]\nextra-index-url =\n  ${at}\n  ${at}/other\n`), ['global.extra-index-url']);
  assert.deepEqual(derive([{ base: `registry=${at}`, head: null }]).actions.map(({ place }) => place), [null]);
  assert.deepEqual(changed('.npmrc', `registry=${at}\n`, `# why\nsave-exact=true\nregistry = ${at}\n`), []);
  assert.deepEqual(changed('.yarnrc.yml', 'npmAuthToken: x\n', 'npmAuthToken: y\n'), []);
  assert.deepEqual(derive([{ path: 'node_modules/a/.npmrc', head: `registry=${at}` }, { path: 'docs/npmrc', head: `registry=${at}` }]).actions, []);
});

test('settings that can not be read let packages come from anywhere', () => {
  assert.deepEqual(actionsOf(derive([{ path: '.yarnrc.yml', head: 'a: {' }, { path: 'uv.toml', head: '[[' }, { head: aSide('elsewhere', '120000') }])), ['dependency.add 2 .npmrc', 'dependency.add 2 .yarnrc.yml', 'dependency.add 2 uv.toml']);
  assert.deepEqual(actionsOf(derive([{ head: ' '.repeat(limits.fileBytes + 1) }])), ['dependency.add 2 .npmrc']);
});

test('settings whose content is not known leave the change open', () => {
  const { actions, findings } = derive([{ base: 'a=1', head: `registry=${at}` }], { unavailable: () => true });
  assert.deepEqual([actions, findings.map(({ code, severity }) => `${code} ${severity}`)], [[], ['snapshot/unreadable unknown']]);
});

/** As much of a text as a file may have; a thirty-second part shows as well that the work does not grow with the square of it. */
const filledBytes = process.env['PLUMBLINE_LONG'] === '1' ? limits.fileBytes : limits.fileBytes / 32;

for (const [path, piece] of [['.npmrc', '@a:registry=b\n'], ['.npmrc', '@'], ['.npmrc', ' '], ['.npmrc', '"'], ['.npmrc', '\\'], ['.npmrc', '[]'], ['.npmrc', '${'], ['.yarnrc', '--a.'], ['.yarnrc', ' '], ['pnpm-workspace.yaml', 'a: &a [*a]\n'], ['pip.conf', '[global]\nindex-url = a\n'], ['pip.conf', 'index-url = a\n b\n'], ['pip.conf', ' b\n'], ['pip.conf', 'a-'], ['.yarnrc', 'registry '], ['.yarnrc.yml', '['], ['uv.toml', '[[index]]\n']] as const) {
  test(`an attack by ${filledBytes} bytes of ${JSON.stringify(piece)} as ${path} is judged in time`, () => {
    workedWithin(() => derive([{ path, base: '', head: piece.repeat(Math.floor((filledBytes - 100) / piece.length)) }]));
  });
}
