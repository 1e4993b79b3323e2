import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRepository } from './a-repository.ts';

const hooks = ['pre-commit', 'post-checkout', 'post-index-change', 'pre-auto-gc', 'reference-transaction', 'fsmonitor-watchman', 'query-watchman', 'post-commit'];

/**
 * Sets every program that a repository can make git run, as a hostile checkout would. Gives the file that any of them writes.
 * Plant last: git itself, used in a test afterwards, walks into them.
 */
export function plantTraps(made: TestRepository): string {
  const trap = join(made.directory, '.git', 'executed');
  const script = join(made.directory, '.git', 'trap.sh');
  writeFileSync(script, `#!/bin/sh\necho "$0" >> '${trap}'\ncat\n`);
  chmodSync(script, 0o755);
  const settings = ['filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process', 'diff.evil.textconv', 'diff.evil.command', 'diff.external', 'merge.evil.driver', 'core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.askPass', 'core.gitProxy', 'core.alternateRefsCommand', 'gpg.program', 'credential.helper', 'alias.ls-tree', 'uploadpack.packObjectsHook'];
  const lines = settings.map((setting) => sectionOf(setting, script));
  writeFileSync(join(made.directory, '.git', 'config'), ['', ...lines, '[filter "evil"]\n\trequired = true', '[log]\n\tshowSignature = true', '[commit]\n\tgpgSign = true', `[core]\n\thooksPath = ${join(made.directory, '.git', 'traps')}`, ''].join('\n'), { flag: 'a' });
  made.write(Object.fromEntries(hooks.flatMap((hook) => [`.git/traps/${hook}`, `.git/hooks/${hook}`].map((path) => [path, `#!/bin/sh\necho "$0" >> '${trap}'\n`]))));
  for (const hook of hooks) for (const folder of ['traps', 'hooks']) chmodSync(join(made.directory, '.git', folder, hook), 0o755);
  made.write({ '.gitattributes': '* filter=evil diff=evil merge=evil text=auto eol=crlf working-tree-encoding=UTF-16\n' });
  return trap;
}

function sectionOf(setting: string, value: string): string {
  const [section = '', ...rest] = setting.split('.');
  const name = rest.at(-1) ?? '';
  const part = rest.length === 2 ? `[${section} "${rest[0] ?? ''}"]` : `[${section}]`;
  return `${part}\n\t${name} = ${value}`;
}
