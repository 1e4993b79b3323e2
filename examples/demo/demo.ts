/**
 * The main job, from the outside: an emulated GitHub with a small organisation, the server on embedded defaults, five
 * pull requests, what people then see on them, an approval that releases one, a click that mends another, and a drift that is found,
 * mended by a pull request and verified clean. Nothing leaves this machine.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { runServer } from '../../test/github/run-server.ts';
import { startGitHub } from '../../test/github/start-github.ts';
import { startRegistry } from './agent.ts';
import { approve, untilGreen } from './approve.ts';
import { driftAndScan, shownText, untilClean, untilRemediated } from './drift.ts';
import { runCommand } from './run-command.ts';
import { clickMend } from './click-mend.ts';
import { openPullRequests, organisation } from './scenario.ts';
import { showChecks } from './show-checks.ts';
import { waitForChecks } from './wait-for-checks.ts';

const mustExit = process.argv.includes('--exit');
const color = createColors((process.stdout.isTTY || 'FORCE_COLOR' in process.env) && !('NO_COLOR' in process.env));
const say = (text = '') => process.stdout.write(`${text}\n`);
const step = (text: string) => say(`\n${color.bold(color.cyan('▸'))} ${color.bold(text)}`);

const dataDirectory = await mkdtemp(join(tmpdir(), 'plumbline-demo-'));
step('Starting an emulated GitHub and the server with its embedded store');
const github = await startGitHub({ organization: organisation, users: { lead: 'admin', dev: 'write', agent: 'write', robot: 'write' } });
const registry = await startRegistry();
const server = await runServer({ github, dataDirectory, environment: { PUBLIC_URL: 'http://localhost', NPM_REGISTRY_URL: registry.url } });
github.deliverTo(`${server.url}/api/github/webhooks`);
say(`  GitHub   ${github.url}   (emulated, organisation ${organisation})`);
say(`  server   ${server.url}   (webhooks /api/github/webhooks, readiness /readyz)`);
say('  store    in a temporary folder   (PGlite, removed at the end)');

const stop = async (): Promise<void> => {
  await server.stop();
  await github.stop();
  await registry.stop();
  await rm(dataDirectory, { recursive: true, force: true });
};

// Whoever reads this may go, as `head` does: then nothing is left running.
let isGone = false;
process.stdout.on('error', () => {
  if (isGone) return;
  isGone = true;
  void stop().finally(() => process.exit(1));
});

try {
  step('Opening five pull requests');
  const pulls = await openPullRequests(github, dataDirectory);
  for (const pull of pulls) say(`  ${pull.repository.name}#${pull.number}  ${pull.title}`);

  step('Waiting for the verdicts');
  await waitForChecks(github, pulls, { write: (text) => process.stdout.write(text), isLive: process.stdout.isTTY });

  step('What each pull request shows');
  for (const pull of pulls) say(await showChecks(github, pull, color));

  step('lead, an admin who has no hand in it, approves the bump in a comment');
  const [bump] = pulls;
  if (bump === undefined) throw new Error('no pull request was opened');
  const { comment, reply } = await approve(github, bump);
  say(`  ${color.bold('lead')}       ${comment}`);
  say(`  ${color.bold('plumbline')}  ${reply.replaceAll('\n', '\n             ')}`);
  await untilGreen(github, bump);
  say(await showChecks(github, bump, color));

  step('dev clicks "Mend the contracts" on the quick fix');
  const mended = await clickMend(github, pulls);
  say(`  commit ${mended.head.slice(0, 12)} on its branch, judged again`);
  await waitForChecks(github, [mended], { write: (text) => process.stdout.write(text), isLive: process.stdout.isTTY });
  say(await showChecks(github, mended, color));

  step('dev edits a managed file on main past every check, and lead asks for a scan');
  say(`  ${color.bold('lead')}       ${await driftAndScan(github, bump)}`);
  const remediation = await untilRemediated(github, bump.repository);
  say(`  ${color.bold('plumbline')}  opens #${remediation.number}  ${remediation.title}`);
  say(shownText(remediation.text));
  step('lead merges it, and the drift is verified clean');
  await github.mergePullRequest(bump.repository, remediation.number, { as: 'lead', bypass: true });
  say(`  in the audit log: ${(await untilClean(dataDirectory)).join(' → ')}`);

  step('Verifying the audit log: plumbline audit verify store --replay, beside the running server');
  const verified = await runCommand(['audit', 'verify', 'store', '--replay'], dataDirectory);
  say(verified.output.replaceAll(/^/gm, '  ').trimEnd());
  if (verified.code !== 0) throw new Error(`the audit log did not verify: exit ${verified.code}`);
} catch (thrown) {
  say(`\n${color.red('The demo failed.')} The server's last lines:\n${server.lines.slice(-15).join('\n')}`);
  await stop();
  throw thrown;
}

if (mustExit) {
  await stop();
} else {
  step('Everything stays up until Ctrl-C');
  say(`  ready?        curl ${server.url}/readyz`);
  say(`  check runs    curl ${github.url}/repos/${organisation}/shop/commits/main/check-runs`);
  say(`  audit log     DATA_DIR=${dataDirectory} npm run -s plumbline -- audit tail`);
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}
