import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { aRepository } from '../builders/a-repository.ts';
import { runPlumbline } from '../cli/run-plumbline.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'authoring.md'), 'utf8');

interface Step {
  readonly command: string;
  readonly shown: string;
}

function blocksOf(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text ?? '');
}

function stepsOf(block: string): readonly Step[] {
  return block.split(/^\$ /m).slice(1).map((text) => ({ command: text.slice(0, text.indexOf('\n')), shown: text.slice(text.indexOf('\n') + 1) }));
}

/** What the page leaves out with … may be anything on its line. */
function asShown(written: string, shown: string): string {
  const lines = shown.split('\n');
  return written.split('\n').map((line, index) => {
    const [start] = (lines[index] ?? '').split('…');
    return lines[index]?.includes('…') === true && line.startsWith(start ?? '') ? (lines[index] ?? '') : line;
  }).join('\n');
}

test('every command of the page about authoring does what the page shows', async (t) => {
  const made = aRepository(t);
  const [configuration = '', schema = ''] = [blocksOf('yaml')[0], blocksOf('json')[0]];
  made.commit({ '.github/plumbline.yml': configuration, 'schemas/workspace.schema.json': schema });
  made.git('config', 'user.name', 'Test');
  made.git('config', 'user.email', 'test@example.com');
  const steps = blocksOf('console').flatMap((block) => stepsOf(block));
  assert.ok(steps.length > 15);
  for (const { command, shown } of steps) {
    const written = await run(made.directory, command);
    assert.equal(asShown(written, shown), shown, `$ ${command}\n${written}`);
  }
});

async function run(directory: string, command: string): Promise<string> {
  const [program, ...words] = command.split(' ');
  if (program !== 'plumbline') return execFileSync('sh', ['-c', command], { cwd: directory, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } });
  const { stdout, stderr } = await runPlumbline(directory, words);
  return words[0] === 'check' ? stdout : `${stdout}${stderr}`;
}
