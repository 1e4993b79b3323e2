import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrailer } from '../../src/domain/remediation/read-trailer.ts';
import { aDriftWorld } from './a-drift-world.ts';

/** One that was to merge by itself was opened by a worker that died before it was armed. */
async function anUnadoptedRemediation() {
  const world = await aDriftWorld({ remediation: 'auto' });
  await world.lookThatDies();
  return { ...world, text: (): string => world.github.opened[0]?.text ?? '' };
}

type Unadopted = Awaited<ReturnType<typeof anUnadoptedRemediation>>;

async function configure(world: Unadopted, from: string, to: string): Promise<void> {
  const before = (await world.textAt('main', '.github/plumbline.yml')) ?? assert.fail();
  world.github.commit('main', { '.github/plumbline.yml': before.replace(from, to) });
}

async function lookLater(world: Unadopted): Promise<void> {
  world.clock.advance(3_700_000);
  await world.look();
}

const whatHappens: Readonly<Record<string, readonly [(world: Unadopted) => Promise<void>, string]>> = {
  'the configuration only reports': [(world) => configure(world, 'remediation: auto', 'remediation: report'), 'open'],
  'the configuration only proposes': [(world) => configure(world, 'remediation: auto', 'remediation: propose'), 'open'],
  'a pause is called': [(world) => configure(world, 'remediation: auto', 'remediation: auto, pauseWindows: [{start: "0 * * * *", duration: 1h, reason: A release}]'), 'open'],
  'the drift is over': [(world) => world.measured('pass'), 'closed'],
  'its template is another': [async (world) => void world.github.commit('main', { 'templates/editor.ini': 'root = maybe\n' }), 'open'],
};

for (const [what, [happen, state]] of Object.entries(whatHappens)) {
  test(`one that was to merge by itself is adopted after ${what}: it is not armed, and its text does not say that it merges by itself`, async () => {
    const world = await anUnadoptedRemediation();
    await happen(world);
    await lookLater(world);
    assert.deepEqual([world.github.armed, world.pulls()], [[], [`#900 ${state} plumbline/managed-files/…-g1`]]);
    if (state === 'open') assert.match(world.text(), /It was meant to merge by itself, and does not/);
  });
}

test('one that a person wrote into before it was adopted, and that is not armed any more, keeps that text', async () => {
  const world = await anUnadoptedRemediation();
  const [one] = world.github.opened;
  const edited = { ...(one ?? assert.fail()), text: `Not before Monday.\n\n${world.text()}` };
  world.github.opened.splice(0, 1, edited);
  await configure(world, 'remediation: auto', 'remediation: propose');
  await lookLater(world);
  assert.deepEqual([world.github.armed, world.text()], [[], edited.text]);
});

test('one that was to merge by itself is armed on adoption while that is still so', async () => {
  const world = await anUnadoptedRemediation();
  await lookLater(world);
  assert.deepEqual([world.github.armed, (await world.told()).filter((told) => told.includes('adopt'))], [[900], ['remediation.intent adopt', 'remediation.adopted recovered']]);
  assert.match(world.text(), /by itself once/);
});

test('one of a version whose trailer had five lines is adopted, and told anew, with a trailer of today, once a commit is appended', async () => {
  const world = await aDriftWorld({ remediation: 'propose' });
  await world.lookThatDies();
  const one = world.github.opened[0] ?? assert.fail();
  const older = one.text.replace(/Plumbline-Text: .*\n$/, '');
  world.github.opened.splice(0, 1, { ...one, text: older });
  await lookLater({ ...world, text: () => '' });
  assert.deepEqual([world.github.opened[0]?.text, (await world.told()).filter((told) => told.includes('adopted'))], [older, ['remediation.adopted recovered']]);
  world.github.commit('main', { 'templates/editor.ini': 'root = maybe\n' });
  await world.look();
  const reading = readTrailer(world.github.opened[0]?.text ?? null, true);
  assert.deepEqual([reading.kind === 'trailer' && reading.trailer.head === world.github.branches.get(one.branch), reading.kind === 'trailer' && reading.theirs, world.github.opened[0]?.text.includes('Plumbline-Text')], [true, null, true]);
});
