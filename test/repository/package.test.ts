import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { subset } from 'semver';

const root = join(import.meta.dirname, '..', '..');
const cache = join(root, 'node_modules', '.cache');
let built = '';

/** As `npm run build` does it, without looking at the types again. */
before(() => {
  mkdirSync(cache, { recursive: true });
  built = mkdtempSync(join(cache, 'build-'));
  const compiler = spawnSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.build.json'), '--noCheck', '--outDir', built], { encoding: 'utf8' });
  assert.equal(compiler.status, 0, compiler.stdout);
});

after(() => rmSync(built, { recursive: true, force: true }));

test('the built command line judges a repository, and answers by policies, their workers included', () => {
  const repository = mkdtempSync(join(tmpdir(), 'plumbline-package-'));
  const git = (...words: readonly string[]) => assert.equal(spawnSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words], { cwd: repository }).status, 0, words.join(' '));
  cpSync(join(import.meta.dirname, 'fixtures', 'governed'), repository, { recursive: true });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'one');
  git('checkout', '-qb', 'change');
  writeFileSync(join(repository, 'contracts', 'search.yaml'), 'contractId: search\ncontractVersion: 1.0.0\npreviousContractRef: null\nlifecycle: active\nspec: none\n');
  git('add', '-A');
  git('commit', '-qm', 'two');
  const checked = spawnSync(process.execPath, [join(built, 'src', 'cli', 'main.js'), 'check', '--base', 'main', '--format', 'json'], { cwd: repository, encoding: 'utf8' });
  const codes = JSON.parse(checked.stdout).verdicts.flatMap((verdict: { findings: { code: string }[] }) => verdict.findings.map((one) => one.code));
  assert.deepEqual([checked.status, codes], [1, ['contract/schema_invalid']], checked.stderr);
  // The package has them above what was built.
  for (const folder of ['policies', 'playbooks', 'docs/findings']) cpSync(join(root, folder), join(built, folder), { recursive: true });
  mkdirSync(join(repository, 'policies'));
  writeFileSync(join(repository, 'policies', 'rule.rego'), 'package plumbline.rules.t.a\n\nimport rego.v1\n\nresult contains {"subject": input.path, "outcome": "hold"} if input.path\n');
  writeFileSync(join(repository, 'input.json'), '{"version":2,"path":"a"}');
  const tried = spawnSync(process.execPath, [join(built, 'src', 'cli', 'main.js'), 'policy', 'try', '--policies', 'policies', '--input', 'input.json'], { cwd: repository, encoding: 'utf8', env: { ...process.env, HOME: repository } });
  assert.deepEqual([tried.status, tried.stdout], [2, 'hold  t/a  a\n1 rule, 1 subject, 1 answer for input.json.\n'], tried.stderr);
  const explained = spawnSync(process.execPath, [join(built, 'src', 'cli', 'main.js'), 'policy', 'explain', 'governance/rejected'], { encoding: 'utf8' });
  assert.match(explained.stdout, /^governance\/rejected {2}An approver rejected it\n/);
  const listed = spawnSync(process.execPath, [join(built, 'src', 'cli', 'main.js'), 'playbook', 'list'], { cwd: repository, encoding: 'utf8' });
  assert.match(listed.stdout, /^restore-contract +1\.0\.0 /m, listed.stderr);
  rmSync(repository, { recursive: true });
});

test('the published manifest leaves out the Node binary, the development packages and the scripts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-manifest-'));
  mkdirSync(join(folder, 'deploy'));
  for (const file of ['package.json', 'deploy/published-manifest.ts']) cpSync(join(root, file), join(folder, file));
  const run = (word: string) => assert.equal(spawnSync(process.execPath, [join(root, 'deploy', 'published-manifest.ts').replace(root, folder), word]).status, 0);
  const manifest = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const whole = manifest();
  run('publish');
  const published = manifest();
  assert.deepEqual([published.devDependencies, published.scripts, published.optionalDependencies], [undefined, undefined, undefined]);
  assert.deepEqual([published.bin, published.dependencies], [whole.bin, whole.dependencies]);
  run('restore');
  assert.deepEqual(manifest(), whole);
  rmSync(folder, { recursive: true });
});

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string };
}

/** All that an installation of the package brings, by the lock file: nothing of it is nested. */
function installed(): ReadonlyMap<string, Locked> {
  const { packages }: { packages: Record<string, Locked> } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const found = new Map<string, Locked>();
  for (const open = Object.keys(packages['']?.dependencies ?? {}); open.length > 0; ) {
    const name = open.pop() ?? '';
    const locked = packages[`node_modules/${name}`];
    if (found.has(name) || locked === undefined) continue;
    found.set(name, locked);
    open.push(...Object.keys(locked.dependencies ?? {}));
  }
  return found;
}

test('the package asks for a Node on which all that it brings runs, as README and dependencies say', () => {
  const { engines }: { engines: { node: string } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const unfit = [...installed()].filter(([, { engines: { node } = {} }]) => node !== undefined && !subset(engines.node, node)).map(([name, { engines: { node } = {} }]) => `${name} ${node ?? ''}`);
  assert.deepEqual(unfit, []);
  const [, lowest = '', next = ''] = /^\^(\d+\.\d+)\.0 \|\| >=(\d+\.\d+)\.0$/.exec(engines.node) ?? [];
  for (const page of ['README.md', 'docs/operations.md']) assert.ok(readFileSync(join(root, page), 'utf8').includes(`Node ${lowest} (of 22), or ${next} or newer`), page);
});
